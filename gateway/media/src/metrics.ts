import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { MethodResult } from './protocol/methods.ts'
import type { ServerContext } from './rpc/server-context.ts'
import { serverStats } from './rpc/server-stats.ts'

type Figure = readonly [help: string, read: (stats: MethodResult<'server.stats'>) => number]

const figures: Record<string, Figure> = {
  bridges: ['Bridges that exist', (stats) => stats.bridges],
  recordings: ['Recordings that run', (stats) => stats.recordings],
  connections: ['Clients that said hello', (stats) => stats.connections],
  ports_in_use: ['RTP port pairs in use', (stats) => stats.portsInUse],
}
const totals: Record<string, Figure> = {
  packets_received_total: ['RTP packets received', (stats) => stats.packetsReceived],
  packets_sent_total: ['RTP packets sent', (stats) => stats.packetsSent],
  ticks_skipped_total: ['20 ms ticks given up because a thread stalled', (stats) => stats.ticksSkipped],
}

/** Serves `/metrics` for Prometheus, `/healthz` and `/readyz`: a media server that listens is ready. */
export class MetricsServer {
  readonly #registry = new Registry()
  readonly #server: Server
  readonly #legs = this.#gauge('legs', 'Legs that exist', ['kind'])
  readonly #threadLegs = this.#gauge('thread_legs', 'Legs of each thread; 0 is the main thread', ['thread'])
  readonly #gauges = Object.entries(figures).map(([name, [help, read]]) => ({ gauge: this.#gauge(name, help), read }))
  readonly #counters = Object.entries(totals).map(([name, [help, read]]) => ({
    counter: new Counter({ name: `ringdown_media_${name}`, help, registers: [this.#registry] }),
    read,
  }))

  readonly #alarms = new Counter({
    name: 'ringdown_media_alarms_total',
    help: 'Recordings with gaps or broken off, legs that could not be heard',
    labelNames: ['alarm'],
    registers: [this.#registry],
  })

  constructor(context: ServerContext) {
    collectDefaultMetrics({ register: this.#registry })
    this.#server = createServer(async (request, response) => {
      if (request.url === '/healthz' || request.url === '/readyz') return response.end('ok\n')
      if (request.url !== '/metrics') return response.writeHead(404).end()
      await this.#measure(context)
      const text = await this.#registry.metrics()
      return response.setHeader('content-type', this.#registry.contentType).end(text)
    })
  }

  /** Listens. Returns the port. Throws EADDRINUSE and its like. */
  async listen(host: string, port: number): Promise<number> {
    this.#server.listen(port, host)
    await once(this.#server, 'listening')
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    const closed = this.#server.listening ? once(this.#server, 'close') : undefined
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  /** Sets every figure as it is now. */
  async #measure(context: ServerContext): Promise<void> {
    const [stats, { legs }] = await Promise.all([serverStats(context), context.exchange.figures()])
    for (const kind of ['rtp', 'webrtc'] as const) this.#legs.set({ kind }, legs[kind])
    this.#threadLegs.reset()
    for (const { number, roll } of context.exchange.places) this.#threadLegs.set({ thread: number }, roll.legs)
    for (const { gauge, read } of this.#gauges) gauge.set(read(stats))
    this.#alarms.reset()
    for (const [alarm, count] of context.alarms.counts) this.#alarms.inc({ alarm }, count)
    for (const { counter, read } of this.#counters) {
      counter.reset()
      counter.inc(read(stats))
    }
  }

  #gauge<L extends string>(name: string, help: string, labelNames: L[] = []): Gauge<L> {
    return new Gauge({ name: `ringdown_media_${name}`, help, labelNames, registers: [this.#registry] })
  }
}
