import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { hostPort } from './message/uri.ts'
import { SessionMetrics } from './session-metrics.ts'
import type { Certificates } from './transport/certificates.ts'
import type { Listener } from './transport/listener.ts'

const methods = new Set([
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'OPTIONS',
  'REGISTER',
  'PRACK',
  'UPDATE',
  'INFO',
  'REFER',
  'NOTIFY',
  'SUBSCRIBE',
  'MESSAGE',
  'PUBLISH',
])

/** The figures on /metrics. Gauges read the living tables when they are asked, so counting costs nothing. */
export class Metrics {
  readonly registry = new Registry()
  readonly sessions = new SessionMetrics(this.registry)
  readonly dropped = this.counter('ringdown_sip_dropped_total', 'Messages not acted on, by reason', ['reason'])
  readonly retransmissions = this.counter('ringdown_sip_retransmissions_total', 'Repeated requests', ['direction'])
  readonly refused = this.counter('ringdown_sip_refused_total', 'New requests not taken', ['reason'])
  readonly bans = this.counter('ringdown_sip_bans_total', 'Sources banned', ['reason'])
  readonly connectionsCut = this.counter(
    'ringdown_sip_connections_cut_total',
    'Connections refused, or closed by the server',
    ['reason', 'protocol'],
  )
  private readonly requests = this.counter('ringdown_sip_requests_total', 'Requests', ['direction', 'method'])
  private readonly responses = this.counter('ringdown_sip_responses_total', 'Responses received', ['class'])

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  requestReceived(method: string): void {
    this.requests.inc({ direction: 'in', method: methods.has(method) ? method : 'other' })
  }

  requestSent(method: string): void {
    this.requests.inc({ direction: 'out', method: methods.has(method) ? method : 'other' })
  }

  responseReceived(status: number): void {
    this.responses.inc({ class: `${Math.floor(status / 100)}xx` })
  }

  watchTables(tables: { readonly [name: string]: () => number }): void {
    for (const [name, size] of Object.entries(tables)) this.gauge(`ringdown_sip_${name}`, `Living ${name}`, size)
  }

  watchListeners(listeners: readonly Listener[]): void {
    new Gauge({
      name: 'ringdown_sip_connections',
      help: 'Open connections',
      labelNames: ['transport', 'local'],
      registers: [this.registry],
      collect() {
        for (const { protocol, local, connections } of listeners)
          if (protocol !== 'udp')
            this.set({ transport: protocol, local: hostPort(local.host, local.port) }, connections)
      },
    })
  }

  watchCertificates(certificates: Certificates): void {
    new Gauge({
      name: 'ringdown_sip_certificate_expires_seconds',
      help: 'When each certificate expires, in seconds since the epoch',
      labelNames: ['name'],
      registers: [this.registry],
      collect() {
        for (const { name, expiresAt } of certificates.expiries) this.set({ name }, expiresAt / 1000)
      },
    })
  }

  watchApps(count: () => number): void {
    this.gauge('ringdown_sip_apps', 'Connected applications', count)
  }

  private counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.registry] })
  }

  private gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read())
      },
    })
  }
}
