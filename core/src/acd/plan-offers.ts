import type { UserId } from '../kernel/index.ts'
import { type Candidate, PRIORITY_STEP_MS, type WaitingEntry, waitingScore } from './candidate.ts'
import { ineligible } from './eligible.ts'
import type { Queue } from './queue.ts'
import { type Ranked, rank } from './rank.ts'
import { type Demand, demandAfter } from './steps.ts'
import type { Turn } from './strategies/index.ts'

/** One queue as it is now: who waits, in serving order, and who could answer. */
export type QueueState = {
  queue: Queue
  waiting: readonly WaitingEntry[]
  /** Routable members of the queue and of its steps' groups, and agents wanted by name. */
  candidates: readonly Candidate[]
  /** Whom the queue offered a caller last. */
  lastAgentId: UserId | null
}

/** A caller in the line of all queues, with who could be asked, in order. */
export type Placed = { entry: WaitingEntry; queue: Queue; ranked: readonly Ranked[]; demand: Demand }
export type PlannedOffer = Placed & { agentId: UserId }
export type OfferPlan = {
  offers: PlannedOffer[]
  /** The first callers whom nobody who was free might have, and how many offers were planned before them. */
  passedOver: { placed: Placed; offersBefore: number }[]
  /** When to plan again because the rules allow more then, by themselves; null: only after something happened. */
  againAt: number | null
}

/** So many callers who were passed over are told. */
const TOLD = 20

/**
 * Who is to be offered what now: entries of all queues in one serving order, each to the best eligible agent who is
 * still free. Pure; each pair is then tried by an atomic claim.
 */
export function planOffers(states: readonly QueueState[], turn: Omit<Turn, 'lastAgentId'>): OfferPlan {
  const { now } = turn
  const free = new Set(states.flatMap((state) => state.candidates.map(({ agentId }) => agentId)))
  const taken = new Set<UserId>()
  const plan: OfferPlan = { offers: [], passedOver: [], againAt: null }
  for (const placed of inOneLine(states, turn)) {
    if (taken.size === free.size) break
    const best = bestOf(placed, taken, now)
    if (best.agentId) {
      taken.add(best.agentId)
      plan.offers.push({ ...placed, agentId: best.agentId })
      continue
    }
    if (plan.passedOver.length < TOLD) plan.passedOver.push({ placed, offersBefore: plan.offers.length })
    if (best.againAt !== null) plan.againAt = Math.min(plan.againAt ?? best.againAt, best.againAt)
  }
  return plan
}

/** The rule between queues: smallest score first, each unit of a queue's weight counting as a minute of waiting. */
export const lineScore = (entry: Pick<WaitingEntry, 'arrivedAt' | 'priority'>, queue: Pick<Queue, 'weight'>): number =>
  waitingScore(entry) - queue.weight * PRIORITY_STEP_MS

function* inOneLine(states: readonly QueueState[], turn: Omit<Turn, 'lastAgentId'>): Generator<Placed> {
  const line = states.flatMap(({ queue, waiting, candidates, lastAgentId }) => {
    if (waiting.length === 0) return []
    const ranked = rank(queue, candidates, { ...turn, lastAgentId })
    return waiting.map((entry) => ({ entry, queue, ranked, score: lineScore(entry, queue) }))
  })
  for (const { entry, queue, ranked } of line.toSorted((a, b) => a.score - b.score))
    yield { entry, queue, ranked, demand: demandAfter(queue, turn.now - entry.arrivedAt) }
}

type Best = { agentId: UserId | null /** when another agent may be allowed */; againAt: number | null }

function bestOf({ entry, ranked, demand }: Placed, taken: ReadonlySet<UserId>, now: number): Best {
  const { nextAfterMs } = demand
  let againAt = nextAfterMs === null ? null : entry.arrivedAt + nextAfterMs
  for (const { candidate } of ranked) {
    if (taken.has(candidate.agentId)) continue
    const why = ineligible(demand, entry, candidate, now)
    if (!why) return { agentId: candidate.agentId, againAt: null }
    if ('until' in why) againAt = Math.min(againAt ?? why.until, why.until)
  }
  return { agentId: null, againAt }
}
