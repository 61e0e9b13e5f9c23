import type { UserId } from '../kernel/index.ts'
import { type Candidate, type WaitingEntry, waitingScore } from './candidate.ts'
import { ineligible } from './eligible.ts'
import type { Queue } from './queue.ts'
import { strategies } from './strategies/index.ts'

/** One queue as it is now: who waits, in serving order, and who could answer. */
export type QueueState = { queue: Queue; waiting: readonly WaitingEntry[]; candidates: readonly Candidate[] }

export type OfferPlan = {
  offers: { queue: Queue; entry: WaitingEntry; agentId: UserId }[]
  /** When to plan again because an agent's pause after a refusal ends; null: only after something happened. */
  againAt: number | null
}

/**
 * Who is to be offered what now: entries of all queues in one serving order, each to the best eligible agent who is
 * still free. Pure; each pair is then tried by an atomic claim.
 */
export function planOffers(states: readonly QueueState[], now: number): OfferPlan {
  const taken = new Set<UserId>()
  const plan: OfferPlan = { offers: [], againAt: null }
  const ranked = states.map((s) => ({
    queue: s.queue,
    candidates: strategies[s.queue.strategy](s.queue, s.candidates),
  }))
  const line = states
    .flatMap((state, i) => state.waiting.map((entry) => ({ entry, ...ranked[i]! })))
    .toSorted((a, b) => waitingScore(a.entry) - waitingScore(b.entry))

  for (const { entry, queue, candidates } of line) {
    for (const candidate of candidates) {
      if (taken.has(candidate.agentId)) continue
      const why = ineligible(queue, entry, candidate, now)
      if (!why) {
        taken.add(candidate.agentId)
        plan.offers.push({ queue, entry, agentId: candidate.agentId })
        break
      }
      if (why.reason === 'refused_lately') plan.againAt = Math.min(plan.againAt ?? why.until, why.until)
    }
  }
  return plan
}
