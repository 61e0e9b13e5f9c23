import type { Decision, Judged } from '@ringdown/core/acd'
import type { OfferOutcome } from '@ringdown/core/contact'
import type { ContactId } from '@ringdown/core/kernel'
import { type ISql, jsonb } from '../client.ts'

export type RoutingDecision = Decision & { contactId: ContactId }
/** What became of the offer, as the ledger tells it; null: it lives, or there was none. */
export type DecisionWithOutcome = Decision & { outcome: OfferOutcome | null; outcomeAt: number | null }

/** Doing it twice changes nothing. */
export async function appendDecisions(sql: ISql, decisions: readonly RoutingDecision[]): Promise<void> {
  if (decisions.length === 0) return
  const rows = decisions.map(({ candidates, others, ...columns }) => ({
    ...columns,
    candidates: jsonb(sql, candidates.map(pack)),
    others: jsonb(sql, others),
  }))
  await sql`insert into routing_decisions ${sql(rows)} on conflict do nothing`
}

/** In the order of time. */
export async function listDecisions(sql: ISql, contactId: ContactId): Promise<DecisionWithOutcome[]> {
  const rows = await sql<(Omit<DecisionWithOutcome, 'candidates'> & { candidates: Packed[] })[]>`
    select d.entry_id, d.queue_id, d.at, d.strategy, d.waited_ms, d.priority, d.agent_id, d.offer_id, d.candidates,
      d.others, e.data ->> 'outcome' as outcome, e.at as outcome_at
    from routing_decisions d left join contact_events e on e.contact_id = d.contact_id and e.type = 'offer_ended'
      and e.data ->> 'offerId' = d.offer_id::text
    where d.contact_id = ${contactId} order by d.at, d.entry_id`
  return rows.map((row) => ({ ...row, candidates: row.candidates.map(unpack) }))
}

/** Deletes at most `limit` decisions older than an instant, the oldest first. @returns how many */
export async function deleteDecisions(sql: ISql, before: number, limit: number): Promise<number> {
  const { count } = await sql`
    delete from routing_decisions where (contact_id, entry_id, at) in (
      select contact_id, entry_id, at from routing_decisions where at < ${before} limit ${limit})`
  return count
}

/** Agent, verdict, detail (skill and level, deadline, or state), then the score. */
type Packed = [Judged['agentId'], Judged['verdict'], unknown, ...Judged['score']]

const pack = ({ agentId, verdict, score, lacks, until, state }: Judged): Packed => [
  agentId,
  verdict,
  lacks ? [lacks.skillId, lacks.level] : (until ?? state ?? null),
  ...score,
]

function unpack([agentId, verdict, detail, ...score]: Packed): Judged {
  const judged = { agentId, verdict, score }
  if (typeof detail === 'number') return { ...judged, until: detail }
  if (typeof detail === 'string') return { ...judged, state: detail }
  if (!Array.isArray(detail)) return judged
  const [skillId, level] = detail as [NonNullable<Judged['lacks']>['skillId'], number]
  return { ...judged, lacks: { skillId, level } }
}
