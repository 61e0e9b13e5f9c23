import type { WaitError } from '@ringdown/core/acd'
import type { QueueId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'

/** The last waits that grade a queue's estimate. */
const LAST = 50
/** Waits shorter than this, and expected to be, are no test of an estimate. */
const WORTH_MS = 10_000

/**
 * How far the expected waits of each queue were off: of its last fifty answered callers since an instant who waited, or
 * were expected to wait, longer than ten seconds. Queues without such callers are missing.
 */
export async function waitErrors(sql: ISql, since: number): Promise<Map<QueueId, WaitError>> {
  const rows = await sql<(WaitError & { queueId: QueueId })[]>`
    select q.id as queue_id, count(*)::int as count,
      avg(abs(graded.expected_ms - graded.waited_ms))::int as mean_error_ms,
      avg(graded.expected_ms - graded.waited_ms)::int as bias_ms, avg(graded.waited_ms)::int as mean_wait_ms
    from queues q cross join lateral (
      select expected_ms, waited_ms from queue_entries e
      where e.queue_id = q.id and e.outcome = 'answered' and e.expected_ms is not null and e.ended_at >= ${since}
        and greatest(e.expected_ms, e.waited_ms) > ${WORTH_MS}::int
      order by e.ended_at desc limit ${LAST}::int
    ) graded
    group by q.id`
  return new Map(rows.map(({ queueId, ...error }) => [queueId, error]))
}
