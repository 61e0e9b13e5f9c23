import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { MediaContext } from './rpc/handler.ts'

/** Serves `/metrics` for Prometheus, `/healthz` and `/readyz`: a media server that listens is ready. */
export class MetricsServer {
  readonly #registry = new Registry()
  readonly #server: Server

  constructor(context: MediaContext) {
    collectDefaultMetrics({ register: this.#registry })
    this.#describe(context)
    this.#server = createServer(async (request, response) => {
      if (request.url === '/healthz' || request.url === '/readyz') return response.end('ok\n')
      if (request.url !== '/metrics') return response.writeHead(404).end()
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

  #describe({ switchboard, ports, engine, owners }: MediaContext): void {
    const kinds = ['rtp', 'webrtc'] as const
    new Gauge({
      name: 'ringdown_media_legs',
      help: 'Legs that exist',
      labelNames: ['kind'],
      registers: [this.#registry],
      collect() {
        for (const kind of kinds) {
          this.set({ kind }, [...switchboard.legs.values()].filter((leg) => leg.kind === kind).length)
        }
      },
    })
    const figures = {
      bridges: ['Bridges that exist', () => switchboard.bridgeCount],
      recordings: ['Recordings that run', () => switchboard.recordings.size],
      connections: ['Clients that said hello', () => owners.connected],
      ports_in_use: ['RTP port pairs in use', () => ports.inUse],
    } as const
    const totals = {
      packets_received_total: ['RTP packets received', () => switchboard.packetsReceived],
      packets_sent_total: ['RTP packets sent', () => switchboard.packetsSent],
      ticks_skipped_total: ['20 ms ticks given up because the process stalled', () => engine.skipped],
    } as const
    for (const [name, [help, read]] of Object.entries(figures)) {
      new Gauge({
        name: `ringdown_media_${name}`,
        help,
        registers: [this.#registry],
        collect() {
          this.set(read())
        },
      })
    }
    for (const [name, [help, read]] of Object.entries(totals)) {
      new Counter({
        name: `ringdown_media_${name}`,
        help,
        registers: [this.#registry],
        collect() {
          this.reset()
          this.inc(read())
        },
      })
    }
  }
}
