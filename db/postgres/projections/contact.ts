import type { ContactEvent, ContactEventOf } from '@ringdown/core/events'
import type { Contact } from '../tables/contacts.ts'
import type { QueueEntry } from '../tables/queue-entries.ts'
import type { Segment } from '../tables/segments.ts'

/** The contact as its first event knows it. */
export function startContact(event: ContactEventOf<'contact_started'>): Contact {
  return {
    id: event.contactId,
    direction: event.direction,
    caller: event.from,
    callerName: event.fromName,
    number: event.number,
    place: event.place,
    dialled: event.to,
    sipCallId: event.sipCallId,
    gatewayId: event.gatewayId,
    startedAt: event.at,
    endedAt: null,
    language: null,
    flowId: null,
    flowVersion: null,
    match: { kind: 'none' },
    code: null,
    customerId: null,
    personId: null,
    queueId: null,
    outcome: null,
    waitedMs: null,
    agentId: null,
    talkMs: null,
    disposition: null,
    notes: '',
    endedBy: null,
    endReason: null,
  }
}

export function foldContact(contact: Contact, event: ContactEvent): Contact {
  switch (event.type) {
    case 'language_chosen':
      return { ...contact, language: event.language }
    case 'ivr_entered':
      return { ...contact, flowId: event.flowId, flowVersion: event.version }
    case 'caller_matched': {
      const found = event.match.kind === 'one' ? event.match.candidate : null
      return {
        ...contact,
        match: event.match,
        code: event.code ?? contact.code,
        customerId: found?.customerId ?? null,
        personId: found?.personId ?? null,
      }
    }
    case 'notes_changed':
      return { ...contact, notes: event.text }
    case 'contact_ended':
      return {
        ...contact,
        endedAt: event.at,
        endedBy: event.termination.party,
        endReason: event.termination.reason,
      }
    default:
      return contact
  }
}

/** Puts what lists show of the contact's queues and agents into its own row. */
export function summarise(contact: Contact, entries: readonly QueueEntry[], segments: readonly Segment[]): Contact {
  const entry = entries.at(-1)
  const ended = segments.filter((segment) => segment.endedAt !== null)
  return {
    ...contact,
    queueId: entry?.queueId ?? null,
    outcome: entry?.outcome ?? null,
    waitedMs: entry?.waitedMs ?? null,
    agentId: segments.at(-1)?.agentId ?? null,
    talkMs: ended.length === 0 ? null : ended.reduce((sum, s) => sum + (s.endedAt ?? 0) - s.startedAt, 0),
    disposition: segments.findLast((segment) => segment.disposition !== null)?.disposition ?? null,
  }
}
