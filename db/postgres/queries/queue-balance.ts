import { ABANDONED, FLOWED_OUT, type QueueBalance } from '@ringdown/core/contact'
import type { QueueId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'

/**
 * Figures of the stays that began in a queue from `from` (included) to `to` (not). `offered` is counted in the ledger
 * and the rest in the projection, so `drift` tells when the two disagree.
 */
export async function queueBalance(sql: ISql, queueId: QueueId, from: number, to: number): Promise<QueueBalance> {
  const [row] = await sql<QueueBalance[]>`
    select
      (select count(*) from contact_events
        where type = 'queue_entered' and data ->> 'queueId' = ${queueId} and at >= ${from} and at < ${to}) as offered,
      count(*) filter (where outcome = 'answered') as answered,
      count(*) filter (where outcome = any(${[...ABANDONED]})) as abandoned,
      count(*) filter (where outcome = any(${[...FLOWED_OUT]})) as flowed_out,
      count(*) filter (where outcome is null) as waiting
    from queue_entries where queue_id = ${queueId} and entered_at >= ${from} and entered_at < ${to}`
  return row as QueueBalance
}
