import { z } from 'zod'
import { Instant, Milliseconds, OfferId, QueueEntryId, QueueId, SkillId, UserId } from '../kernel/index.ts'
import type { WaitingEntry } from './candidate.ts'
import { ineligible } from './eligible.ts'
import type { Placed } from './plan-offers.ts'
import { StrategyName } from './queue.ts'

/** What became of a candidate, in the order in which they are tested. */
export const Verdict = z.enum([
  'offered',
  /** Could have had him; another one came first. */
  'ranked_lower',
  /** Given to a caller who stands before this one. */
  'taken',
  'for_another_agent',
  'waits_for_preferred',
  'refused_lately',
  'not_a_member',
  'lacks_skill',
  /** Not routable; only told of callers who wait now. */
  'not_ready',
])
export type Verdict = z.infer<typeof Verdict>

export const Judged = z.object({
  agentId: UserId,
  verdict: Verdict,
  /** As `scoreParts` of the queue names them; empty for who was not ranked. */
  score: z.array(z.union([z.number(), z.string()])),
  lacks: z.object({ skillId: SkillId, level: z.number().int() }).optional(),
  until: Instant.optional(),
  /** What an agent who is not ready shows to others. */
  state: z.string().optional(),
})
export type Judged = z.infer<typeof Judged>

/** One look at a waiting caller with somebody free: who was considered, and why or why not. */
export const Decision = z.object({
  entryId: QueueEntryId,
  queueId: QueueId,
  at: Instant,
  strategy: StrategyName,
  waitedMs: Milliseconds,
  priority: z.number().int(),
  /** Null: none of them might have him. */
  agentId: UserId.nullable(),
  offerId: OfferId.nullable(),
  /** The first in their order. */
  candidates: z.array(Judged),
  /** How many more there were, by verdict. */
  others: z.partialRecord(Verdict, z.number().int()),
})
export type Decision = z.infer<typeof Decision>

/** So many candidates are told one by one. */
const TOLD = 20

/** Says of each candidate what spoke for or against him. @param taken by callers who stand before */
export function explain(
  { entry, queue, ranked, demand }: Placed,
  taken: ReadonlySet<UserId>,
  now: number,
  offer: Pick<Decision, 'agentId' | 'offerId'>,
): Decision {
  const judged = ranked.map(({ candidate, score }): Judged => {
    const common = { agentId: candidate.agentId, score: [...score] }
    if (candidate.agentId === offer.agentId) return { ...common, verdict: 'offered' }
    if (taken.has(candidate.agentId)) return { ...common, verdict: 'taken' }
    const why = ineligible(demand, entry, candidate, now)
    if (!why) return { ...common, verdict: 'ranked_lower' }
    return {
      ...common,
      verdict: why.reason,
      ...('until' in why && { until: why.until }),
      ...(why.reason === 'lacks_skill' && { lacks: { skillId: why.skillId, level: why.level } }),
    }
  })
  return { ...aboutEntry(entry, now), strategy: queue.strategy, ...offer, ...shortened(judged) }
}

const aboutEntry = ({ entryId, queueId, arrivedAt, priority }: WaitingEntry, at: number) => ({
  entryId,
  queueId,
  at,
  waitedMs: Math.max(0, at - arrivedAt),
  priority,
})

/** The chosen one is told wherever he stands. */
function shortened(judged: readonly Judged[]): Pick<Decision, 'candidates' | 'others'> {
  const told = judged.filter(({ verdict }, i) => i < TOLD || verdict === 'offered')
  const others: Decision['others'] = {}
  for (const { verdict } of judged.filter((it) => !told.includes(it))) others[verdict] = (others[verdict] ?? 0) + 1
  return { candidates: told, others }
}
