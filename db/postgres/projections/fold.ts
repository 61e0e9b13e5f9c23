import type { ContactEvent } from '@ringdown/core/events'
import type { TicketId } from '@ringdown/core/kernel'
import type { Survey } from '@ringdown/core/survey'
import type { Contact } from '../tables/contacts.ts'
import type { QueueEntry } from '../tables/queue-entries.ts'
import type { Recording } from '../tables/recordings.ts'
import type { Segment } from '../tables/segments.ts'
import { foldContact, startContact, summarise } from './contact.ts'
import { LedgerViolation } from './ledger-violation.ts'
import { foldQueueEntries } from './queue-entries.ts'
import { foldRecordings } from './recordings.ts'
import { foldSegments } from './segments.ts'
import { foldSurveys, joinTicket } from './surveys.ts'

/** All rows that follow from the events of one contact. Rows that an event leaves alone stay the same objects. */
export type Projection = {
  contact: Contact
  entries: readonly QueueEntry[]
  segments: readonly Segment[]
  recordings: readonly Recording[]
  surveys: readonly Survey[]
  /** Tickets linked so far, the latest last. */
  ticketIds: readonly TicketId[]
}

/**
 * Folds a contact's events, in order, on what came before them. Throws `LedgerViolation` at an event that cannot be
 * where it stands.
 */
export function foldEvents(events: readonly ContactEvent[], before?: Projection): Projection {
  let projection = before
  for (const event of events) projection = projection ? step(projection, event) : start(event)
  if (!projection) throw new LedgerViolation('a contact without events')
  return projection
}

function start(event: ContactEvent): Projection {
  if (event.type !== 'contact_started') {
    throw new LedgerViolation(`contact ${event.contactId} begins with ${event.type} instead of contact_started`)
  }
  return { contact: startContact(event), entries: [], segments: [], recordings: [], surveys: [], ticketIds: [] }
}

function step(before: Projection, event: ContactEvent): Projection {
  if (event.type === 'contact_started') throw new LedgerViolation(`contact ${event.contactId} started twice`)
  const entries = foldQueueEntries(before.entries, event)
  const segments = foldSegments(before.segments, event)
  const ticketIds = event.type === 'ticket_linked' ? [...before.ticketIds, event.ticketId] : before.ticketIds
  return {
    contact: summarise(foldContact(before.contact, event), entries, segments),
    entries,
    segments,
    recordings: foldRecordings(before.recordings, event),
    surveys: joinTicket(foldSurveys(before.surveys, event), ticketIds.at(-1) ?? null),
    ticketIds,
  }
}
