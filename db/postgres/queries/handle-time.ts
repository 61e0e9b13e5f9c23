import type { QueueId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'

const halfHourMs = 1_800_000
const weekMs = 604_800_000

/**
 * Mean handle time (talk, hold and wrap-up, ms) by queue, for the estimated wait: of segments that began in the same
 * half hour of the week during the last four weeks, else during the last 24 hours. Queues without either are missing.
 */
export async function averageHandleMs(sql: ISql, now: number): Promise<Map<QueueId, number>> {
  const start = now - (now % halfHourMs)
  const starts = [1, 2, 3, 4].map((weeks) => new Date(start - weeks * weekMs).toISOString())
  const rows = await sql<{ queueId: QueueId; handleMs: number }[]>`
    with handled as (
      select queue_id, started_at,
        extract(epoch from ended_at - started_at)
          + coalesce(extract(epoch from wrap_up_ended_at - wrap_up_started_at), 0) as seconds
      from segments where ended_at is not null and queue_id is not null and started_at >= ${now - 4 * weekMs - halfHourMs}
    )
    select queue_id, (1000 * coalesce(
      avg(seconds) filter (where exists (
        select 1 from unnest(${starts}::timestamptz[]) begun
        where started_at >= begun and started_at < begun + interval '30 minutes')),
      avg(seconds) filter (where started_at >= ${now - 86_400_000})))::int as handle_ms
    from handled group by queue_id`
  return new Map(rows.flatMap(({ queueId, handleMs }) => (handleMs === null ? [] : [[queueId, handleMs]])))
}
