import { Gauge, type Registry } from 'prom-client'

/** What does not add up in a queue, by its key: between ledger, figures and who really waits. Must read 0. */
export function driftFigure(registry: Registry, read: () => Promise<ReadonlyMap<string, number>>): void {
  new Gauge({
    name: 'ringdown_queue_drift',
    help: 'offered - answered - abandoned - flowed out - waiting, and ledger against live line; anything but 0 is an alarm',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      const drifts = await read()
      this.reset()
      for (const [queue, drift] of drifts) this.set({ queue }, drift)
    },
  })
}
