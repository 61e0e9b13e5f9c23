import type { ContactEvent, ContactEventOf, ContactEventType } from '@ringdown/core/events'
import { type ContactId, EventId } from '@ringdown/core/kernel'
import type { Random } from '../random.ts'

type Facts<T extends ContactEventType> = Omit<ContactEventOf<T>, 'eventId' | 'contactId' | 'at' | 'type'>

/** The events of one call while it is made up. */
export class CallLog {
  readonly contactId: ContactId
  readonly #random: Random
  readonly #events: ContactEvent[] = []

  constructor(contactId: ContactId, random: Random) {
    this.contactId = contactId
    this.#random = random
  }

  add<T extends ContactEventType>(type: T, at: number, facts: Facts<T>): void {
    const eventId = EventId.parse(this.#random.uuid())
    const event = { eventId, contactId: this.contactId, at: Math.round(at), type, ...facts }
    this.#events.push(event as unknown as ContactEvent)
  }

  /** In the order of time, as the live system would have written them. */
  get events(): ContactEvent[] {
    return this.#events.toSorted((a, b) => a.at - b.at)
  }
}
