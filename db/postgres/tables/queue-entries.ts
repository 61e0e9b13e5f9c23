import type { QueueOutcome } from '@ringdown/core/contact'
import type { ContactId, QueueEntryId, QueueId, UserId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'
import { upsertRows } from '../upsert-rows.ts'

/** One stay in one queue. `arrivedAt` is the caller's original arrival, `enteredAt` when this stay began. */
export type QueueEntry = {
  id: QueueEntryId
  contactId: ContactId
  queueId: QueueId
  arrivedAt: number
  enteredAt: number
  priority: number
  /** The estimate when he joined; null: there was none. */
  expectedMs: number | null
  offers: number
  endedAt: number | null
  outcome: QueueOutcome | null
  waitedMs: number | null
  agentId: UserId | null
}

/** The stays of a contact, in order. */
export async function listQueueEntries(sql: ISql, contactId: ContactId): Promise<QueueEntry[]> {
  return sql<QueueEntry[]>`
    select id, contact_id, queue_id, arrived_at, entered_at, priority, expected_ms, offers, ended_at, outcome, waited_ms, agent_id
    from queue_entries where contact_id = ${contactId} order by entered_at, id`
}

export async function saveQueueEntries(sql: ISql, entries: readonly QueueEntry[]): Promise<void> {
  await upsertRows(sql, 'queue_entries', entries)
}
