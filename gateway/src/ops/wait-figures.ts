import { isReliable, type WaitError } from '@ringdown/core/acd'
import { Gauge, type Registry } from 'prom-client'

/** How far the estimated waits are off, by the key of the queue. */
export function waitFigures(registry: Registry, read: () => Promise<ReadonlyMap<string, WaitError>>): void {
  const figure = (name: string, help: string, valueIn: (error: WaitError) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['queue'],
      registers: [registry],
      async collect() {
        const errors = await read()
        this.reset()
        for (const [queue, error] of errors) this.set({ queue }, valueIn(error))
      },
    })
  figure(
    'ringdown_wait_estimate_error_seconds',
    'Mean of |expected - waited| over the last answered callers of a queue',
    ({ meanErrorMs }) => meanErrorMs / 1000,
  )
  figure(
    'ringdown_wait_estimate_bias_seconds',
    'Mean of expected - waited; above 0: promised too long a wait',
    ({ biasMs }) => biasMs / 1000,
  )
  figure('ringdown_wait_estimate_reliable', '1: the wait is announced, 0: it is too far off', (error) =>
    isReliable(error) ? 1 : 0,
  )
}
