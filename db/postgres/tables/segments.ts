import type { Party, TerminationReason } from '@ringdown/core/contact'
import type { ContactEventOf } from '@ringdown/core/events'
import type { ContactId, QueueEntryId, QueueId, SegmentId, UserId } from '@ringdown/core/kernel'
import type { TicketCategory } from '@ringdown/core/ticket'
import { type ISql, jsonb } from '../client.ts'
import { upsertRows } from '../upsert-rows.ts'

/** One agent's part of a contact, wrap-up included. */
export type Segment = {
  id: SegmentId
  contactId: ContactId
  agentId: UserId
  queueId: QueueId | null
  entryId: QueueEntryId | null
  startedAt: number
  endedAt: number | null
  /** Since when the caller is on hold now. */
  heldAt: number | null
  /** On hold before, in all. */
  heldMs: number
  endedBy: Party | null
  reason: TerminationReason | null
  transferredTo: ContactEventOf<'contact_transferred'>['to'] | null
  wrapUpStartedAt: number | null
  wrapUpEndedAt: number | null
  wrapUpEndedBy: string | null
  disposition: string | null
  category: TicketCategory | null
}

/** The segments of a contact, in order. */
export async function listSegments(sql: ISql, contactId: ContactId): Promise<Segment[]> {
  return sql<Segment[]>`
    select id, contact_id, agent_id, queue_id, entry_id, started_at, ended_at, held_at, held_ms, ended_by, reason,
      transferred_to, wrap_up_started_at, wrap_up_ended_at, wrap_up_ended_by, disposition,
      category
    from segments where contact_id = ${contactId} order by started_at, id`
}

export async function saveSegments(sql: ISql, segments: readonly Segment[]): Promise<void> {
  const rows = segments.map((segment) => ({
    ...segment,
    transferredTo: segment.transferredTo && jsonb(sql, segment.transferredTo),
  }))
  await upsertRows(sql, 'segments', rows)
}
