import type { WaitError } from '@ringdown/core/acd'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Count, LegFigures } from '../sip/leg/legs.ts'
import { driftFigure } from './drift-figure.ts'
import { waitFigures } from './wait-figures.ts'

/** Read at each scrape. */
export type Readings = {
  calls(): number
  pages(): number
  unwritten(): number
  /** By the name of the trunk. */
  registered(): ReadonlyMap<string, boolean>
  /** Calls, by the reason. */
  refused(): ReadonlyMap<string, number>
  legs(): LegFigures
  /** By the key of the queue. */
  drift(): Promise<ReadonlyMap<string, number>>
  /** By the key of the queue. */
  waitErrors(): Promise<ReadonlyMap<string, WaitError>>
}

/** The gateway's figures. Durations are in seconds, as Prometheus wants them. */
export function createMetrics(gatewayId: string, readings: Readings) {
  const registry = new Registry()
  registry.setDefaultLabels({ gateway: gatewayId })
  collectDefaultMetrics({ register: registry, prefix: 'ringdown_' })
  gauge(registry, 'ringdown_calls', 'Calls whose caller leg this gateway holds', readings.calls)
  gauge(registry, 'ringdown_pages', 'Connected pages', readings.pages)
  gauge(registry, 'ringdown_ledger_unwritten', 'Events that wait to be written to PostgreSQL', readings.unwritten)
  trunkFigures(registry, readings)
  legFigures(registry, readings.legs)
  driftFigure(registry, readings.drift)
  waitFigures(registry, readings.waitErrors)
  const httpSeconds = new Histogram({
    name: 'ringdown_http_request_seconds',
    help: 'HTTP requests under /api by method and status',
    labelNames: ['method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  return { registry, httpSeconds }
}
export type Metrics = ReturnType<typeof createMetrics>

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read())
    },
  })
}

function trunkFigures(registry: Registry, { registered, refused }: Readings): void {
  new Gauge({
    name: 'ringdown_trunk_registered',
    help: 'Registrations that this gateway keeps: 1 registered, 0 not',
    labelNames: ['trunk'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [trunk, fine] of registered()) this.set({ trunk }, fine ? 1 : 0)
    },
  })
  new Counter({
    name: 'ringdown_calls_refused_total',
    help: 'Calls that might not come in, by reason',
    labelNames: ['reason'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [reason, count] of refused()) this.inc({ reason }, count)
    },
  })
}

function legFigures(registry: Registry, legs: () => LegFigures): void {
  labelled(Gauge, registry, 'ringdown_legs', 'SIP legs alive', ['side', 'state'], () => legs().alive)
  const why = ['side', 'party', 'reason'] as const
  labelled(Counter, registry, 'ringdown_leg_ends_total', 'SIP legs that ended, and why', why, () => legs().ended)
  const what = 'Events that a SIP leg in that state cannot have'
  labelled(Counter, registry, 'ringdown_leg_illegal_events_total', what, ['state', 'event'], () => legs().illegal)
}

function labelled<Label extends string>(
  Kind: typeof Gauge | typeof Counter,
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
  read: () => Count<Label>,
): void {
  new Kind({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      this.reset()
      for (const { labels, count } of read()) this.inc(labels, count)
    },
  })
}
