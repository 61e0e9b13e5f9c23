import type { QueueOutcome } from '@ringdown/core/contact'
import type { QueueId, UserId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'

/** One stay in a queue as it was; `handleMs` (talk, hold, wrap-up) where an agent took it. */
export type PastStay = {
  queueId: QueueId
  at: number
  priority: number
  outcome: QueueOutcome
  waitedMs: number
  handleMs: number | null
}

type Span = { from: number; to: number }

/** All stays that began in a span of time and ended, oldest first. */
export async function listPastStays(sql: ISql, { from, to }: Span): Promise<PastStay[]> {
  return sql<PastStay[]>`
    select e.queue_id, e.entered_at as at, e.priority, e.outcome, e.waited_ms,
      (select (1000 * (extract(epoch from s.ended_at - s.started_at)
          + coalesce(extract(epoch from s.wrap_up_ended_at - s.wrap_up_started_at), 0)))::int
        from segments s where s.entry_id = e.id and s.ended_at is not null order by s.started_at limit 1) as handle_ms
    from queue_entries e
    where e.entered_at >= ${from} and e.entered_at < ${to} and e.outcome is not null order by e.entered_at, e.id`
}

/** What each agent showed and from when, in a span of time; the first one is what he showed before it. */
export async function listShownStates(
  sql: ISql,
  { from, to }: Span,
): Promise<{ agentId: UserId; at: number; state: string }[]> {
  return sql<{ agentId: UserId; at: number; state: string }[]>`
    (select distinct on (agent_id) agent_id, ${from}::timestamptz as at, state from agent_events
      where agent_events.at < ${from} and agent_events.at >= ${from - 86_400_000} order by agent_id, agent_events.at desc, event_id)
    union all
    (select agent_id, at, state from agent_events where at >= ${from} and at < ${to})
    order by agent_id, at`
}

/** The business day of a date such as `2026-11-20`, in the company's time zone. */
export async function spanOfDay(sql: ISql, date: string, timeZone: string): Promise<Span> {
  const [row] = await sql<Span[]>`
    select ${date}::timestamp at time zone ${timeZone} as from,
      (${date}::timestamp + interval '1 day') at time zone ${timeZone} as to`
  return row as Span
}
