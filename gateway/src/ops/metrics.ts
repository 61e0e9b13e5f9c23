import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The gateway's figures. Durations are in seconds, as Prometheus wants them. */
export function createMetrics(gatewayId: string) {
  const registry = new Registry()
  registry.setDefaultLabels({ gateway: gatewayId })
  collectDefaultMetrics({ register: registry, prefix: 'ringdown_' })
  return {
    registry,
    calls: new Gauge({
      name: 'ringdown_calls',
      help: 'Calls whose caller leg this gateway holds',
      registers: [registry],
    }),
    pages: new Gauge({ name: 'ringdown_pages', help: 'Connected pages', registers: [registry] }),
    httpSeconds: new Histogram({
      name: 'ringdown_http_request_seconds',
      help: 'HTTP requests under /api by method and status',
      labelNames: ['method', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [registry],
    }),
  }
}
export type Metrics = ReturnType<typeof createMetrics>
