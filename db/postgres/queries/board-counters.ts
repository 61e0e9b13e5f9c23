import {
  ABANDONED,
  drift,
  FLOWED_OUT,
  type QueueCounts,
  serviceLevel,
  serviceLevelStrict,
} from '@ringdown/core/contact'
import type { QueueTile } from '@ringdown/core/contract'
import type { ISql } from '../client.ts'

const halfHourMs = 1_800_000

/** A tile without what only Redis knows: agents by state and the estimated wait. */
export type QueueFigures = Omit<QueueTile, 'agents' | 'ewtMs' | 'ewtErrorMs' | 'ewtReliable'>
type Row = Omit<QueueFigures, 'serviceLevel' | 'serviceLevelStrict' | 'drift' | 'intervals'> &
  QueueCounts & { waitingToday: number; intervals: QueueTile['intervals'] }

/**
 * The figures of every queue since `dayStart`, in one statement. A stay belongs to the half hour in which it began;
 * `waiting` and the longest wait look at all open stays, also those from before midnight.
 */
export async function boardCounters(
  sql: ISql,
  { dayStart, now }: { dayStart: number; now: number },
): Promise<QueueFigures[]> {
  const rows = await sql<Row[]>`
    with stays as (
      select e.queue_id, e.outcome, e.waited_ms, e.entered_at, e.arrived_at,
        e.entered_at >= ${dayStart} as today,
        e.outcome = 'answered' as answered,
        e.outcome = any(${[...ABANDONED]}) as abandoned,
        e.outcome = any(${[...FLOWED_OUT]}) as flowed_out,
        e.waited_ms <= q.service_level_ms as in_time,
        floor(extract(epoch from e.entered_at - ${dayStart}::timestamptz) * 1000 / ${halfHourMs}::int)::int as interval
      from queue_entries e join queues q on q.id = e.queue_id
      where e.entered_at >= ${dayStart} or e.outcome is null
    ), intervals as (
      select queue_id, interval, count(*) as offered, count(*) filter (where answered) as answered,
        count(*) filter (where abandoned) as abandoned, count(*) filter (where flowed_out) as flowed_out,
        count(*) filter (where answered and in_time) as answered_in_time,
        count(*) filter (where abandoned and in_time) as abandoned_in_time
      from stays where today group by queue_id, interval
    ), totals as (
      select queue_id, count(*) filter (where outcome is null) as waiting,
        min(arrived_at) filter (where outcome is null) as longest_wait_since,
        count(*) filter (where today) as offered,
        count(*) filter (where today and answered) as answered,
        count(*) filter (where today and abandoned) as abandoned,
        count(*) filter (where today and outcome = 'short_abandoned') as short_abandoned,
        count(*) filter (where today and flowed_out) as flowed_out,
        count(*) filter (where today and outcome is null) as waiting_today,
        count(*) filter (where today and answered and in_time) as answered_in_time,
        count(*) filter (where today and abandoned and in_time) as abandoned_in_time,
        avg(waited_ms) filter (where today and answered)::float8 as asa_ms
      from stays group by queue_id
    )
    select q.id, q.key, q.name, q.service_level_target, q.service_level_ms,
      coalesce(waiting, 0) as waiting, longest_wait_since, coalesce(offered, 0) as offered,
      coalesce(answered, 0) as answered, coalesce(abandoned, 0) as abandoned,
      coalesce(short_abandoned, 0) as short_abandoned, coalesce(flowed_out, 0) as flowed_out,
      coalesce(waiting_today, 0) as waiting_today, coalesce(answered_in_time, 0) as answered_in_time,
      coalesce(abandoned_in_time, 0) as abandoned_in_time, round(asa_ms) as asa_ms,
      (select jsonb_agg(jsonb_build_object(
          'at', ${dayStart}::float8 + slot * ${halfHourMs}::int, 'offered', coalesce(i.offered, 0),
          'answered', coalesce(i.answered, 0), 'abandoned', coalesce(i.abandoned, 0),
          'flowedOut', coalesce(i.flowed_out, 0), 'answeredInTime', coalesce(i.answered_in_time, 0),
          'abandonedInTime', coalesce(i.abandoned_in_time, 0)) order by slot)
        from generate_series(0, ${Math.max(0, Math.floor((now - dayStart) / halfHourMs))}::int) slot
        left join intervals i on i.interval = slot and i.queue_id = q.id) as intervals
    from queues q left join totals t on t.queue_id = q.id order by q.key`
  return rows.map(({ waitingToday, abandonedInTime, ...tile }) => ({
    ...tile,
    serviceLevel: serviceLevel({ ...tile, abandonedInTime }),
    serviceLevelStrict: serviceLevelStrict(tile),
    drift: drift({ ...tile, waiting: waitingToday }),
  }))
}
