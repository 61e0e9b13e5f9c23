import { Counter, collectDefaultMetrics, Registry } from 'prom-client'

export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'ringdown_workers_' })
  const jobs = new Counter({
    name: 'ringdown_jobs_total',
    help: 'Runs of background jobs by result',
    labelNames: ['job', 'result'],
    registers: [registry],
  })
  return { registry, jobs }
}
