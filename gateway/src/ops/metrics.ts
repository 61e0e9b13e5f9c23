import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Read at each scrape. */
export type Readings = { calls(): number; pages(): number; unwritten(): number }

/** The gateway's figures. Durations are in seconds, as Prometheus wants them. */
export function createMetrics(gatewayId: string, readings: Readings) {
  const registry = new Registry()
  registry.setDefaultLabels({ gateway: gatewayId })
  collectDefaultMetrics({ register: registry, prefix: 'ringdown_' })
  gauge(registry, 'ringdown_calls', 'Calls whose caller leg this gateway holds', readings.calls)
  gauge(registry, 'ringdown_pages', 'Connected pages', readings.pages)
  gauge(registry, 'ringdown_ledger_unwritten', 'Events that wait to be written to PostgreSQL', readings.unwritten)
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
