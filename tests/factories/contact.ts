import { randomUUID } from 'node:crypto'
import { ContactEvent, type ContactEventOf, type ContactEventType } from '@ringdown/core/events'
import { ContactId } from '@ringdown/core/kernel'
import { appendContactEvents, type ISql } from '@ringdown/db/postgres'

type Facts<T extends ContactEventType> = Omit<ContactEventOf<T>, 'eventId' | 'contactId' | 'at' | 'type'>

/** An event of a contact, checked by the contract's schema. */
export function anEvent<T extends ContactEventType>(
  contactId: ContactId,
  type: T,
  at: number,
  facts: Facts<T>,
): ContactEvent {
  return ContactEvent.parse({ eventId: randomUUID(), contactId, at, type, ...facts })
}

export function contactStarted(
  contactId: ContactId,
  at: number,
  given: Partial<Facts<'contact_started'>> = {},
): ContactEvent {
  return anEvent(contactId, 'contact_started', at, {
    direction: 'inbound',
    from: '+8613900138000',
    fromName: null,
    number: '+8613900138000',
    place: { zh: '北京', en: 'Beijing' },
    to: '4000',
    sipCallId: randomUUID(),
    gatewayId: 'gateway-1' as Facts<'contact_started'>['gatewayId'],
    ...given,
  })
}

/** A contact that has just started. */
export async function aContact(
  sql: ISql,
  { at, ...given }: Partial<Facts<'contact_started'>> & { at?: number } = {},
): Promise<ContactId> {
  const contactId = ContactId.parse(randomUUID())
  await appendContactEvents(sql, [contactStarted(contactId, at ?? Date.now(), given)])
  return contactId
}
