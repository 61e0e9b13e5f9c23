import type { ContactView, QueueEntryView, SegmentView } from '@ringdown/core/contract'
import type { ContactId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'
import { listContactEvents } from '../tables/contact-events.ts'
import { findContact } from '../tables/contacts.ts'
import { listRecordings } from '../tables/recordings.ts'
import { listSurveysOfContact } from '../tables/surveys.ts'
import { listTickets } from '../tables/tickets.ts'
import { findContactSummary } from './contact-summaries.ts'

/** Everything on the page of a call. */
export async function findContactView(sql: ISql, id: ContactId): Promise<ContactView | undefined> {
  const [contact, summary] = await Promise.all([findContact(sql, id), findContactSummary(sql, id)])
  if (!contact || !summary) return undefined
  const [events, entries, segments, recordings, surveys, tickets] = await Promise.all([
    listContactEvents(sql, id),
    listEntryViews(sql, id),
    listSegmentViews(sql, id),
    listRecordings(sql, id),
    listSurveysOfContact(sql, id),
    listTickets(sql, { contactId: id, page: 1, pageSize: 50 }),
  ])
  const { endedBy, endReason, notes } = contact
  const termination = endedBy && endReason ? { party: endedBy, reason: endReason } : null
  return { id, summary, notes, termination, events, entries, segments, recordings, surveys, tickets: tickets.items }
}

async function listEntryViews(sql: ISql, contactId: ContactId): Promise<QueueEntryView[]> {
  return sql<QueueEntryView[]>`
    select e.id, e.queue_id, q.name as queue, e.arrived_at, e.entered_at, e.ended_at, e.outcome, e.waited_ms
    from queue_entries e join queues q on q.id = e.queue_id
    where e.contact_id = ${contactId} order by e.entered_at, e.id`
}

async function listSegmentViews(sql: ISql, contactId: ContactId): Promise<SegmentView[]> {
  return sql<SegmentView[]>`
    select s.id, jsonb_build_object('id', u.id, 'name', u.name) as agent, q.name as queue, s.started_at, s.ended_at,
      s.held_ms, s.disposition, s.category, s.ended_by, s.reason,
      (extract(epoch from s.wrap_up_ended_at - s.wrap_up_started_at) * 1000)::int as wrap_up_ms
    from segments s join users u on u.id = s.agent_id left join queues q on q.id = s.queue_id
    where s.contact_id = ${contactId} order by s.started_at, s.id`
}
