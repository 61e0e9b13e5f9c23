import type { Agents } from '../agents/agents.ts'
import type { Foundation } from '../foundation.ts'
import type { Acd } from './acd.ts'
import type { QueueBook } from './queue-book.ts'

export type SweepParts = Pick<Foundation, 'agents' | 'clock' | 'log'> & {
  acd: Acd
  changes: Pick<Agents, 'sweep'>
  queues: QueueBook
  sweepMs: number
}

/** Agents and queues are looked through each so many sweeps. */
const SLOWLY = 5

/**
 * Finds what a dead gateway, or a failed try of this one, has left undone: expired offers, ended wrap-ups, agents who are
 * gone, callers nobody was matched with. Living gateways act by their own timers and events; this is not how they work.
 */
export function startSweep(parts: SweepParts): Disposable {
  const { agents, acd, changes, queues, clock, log, sweepMs } = parts
  let sweeps = 0
  let sweeping = false

  async function sweep(): Promise<void> {
    for (const { offerId } of await acd.store.expired(clock())) await acd.store.endOffer(offerId, 'expired', clock())
    if (sweeps++ % SLOWLY !== 0) return
    for (const agent of await agents.readAll()) await changes.sweep(agent)
    for (const queue of await queues.all()) acd.dispatcher.queue(queue.id)
  }

  const timer = setInterval(() => {
    if (sweeping) return
    sweeping = true
    sweep()
      .catch((error) => log.error({ err: error }, 'a sweep failed'))
      .finally(() => {
        sweeping = false
      })
  }, sweepMs)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
