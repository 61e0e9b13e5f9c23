import type { AcdStore, WaitingEntry } from '@ringdown/core/acd'
import type { LiveContact, LiveContactStore } from '@ringdown/core/contact'
import type { ContactId, QueueEntryId } from '@ringdown/core/kernel'

/** What this gateway put into Redis and knows best itself: who waits on its legs, and what it shares of them. */
export type OwnBook = {
  acd: AcdStore
  live: LiveContactStore
  entries(): readonly WaitingEntry[]
  contacts(): readonly LiveContact[]
}

/** As long as Redis keeps a contact after its last write. */
const KEPT_MS = 2 * 3_600_000

/** The stores, with a memory of their own for what `gatewayId` holds. Who left is forgotten even if Redis can't be told. */
export function ownBook(
  stores: { acd: AcdStore; live: LiveContactStore },
  gatewayId: string,
  clock: () => number,
): OwnBook {
  const entries = new Map<QueueEntryId, WaitingEntry>()
  const contacts = new Map<ContactId, { contact: LiveContact; at: number }>()
  return {
    acd: {
      ...stores.acd,
      async enqueue(entry) {
        if (entry.gatewayId === gatewayId) entries.set(entry.entryId, entry)
        await stores.acd.enqueue(entry)
      },
      withdraw(entryId, now) {
        entries.delete(entryId)
        return stores.acd.withdraw(entryId, now)
      },
      async accept(...args) {
        const accepted = await stores.acd.accept(...args)
        if (accepted.ok) entries.delete(accepted.value.entryId)
        return accepted
      },
    },
    live: {
      ...stores.live,
      async write(contact) {
        if (contact.gatewayId === gatewayId) contacts.set(contact.contactId, { contact, at: clock() })
        await stores.live.write(contact)
      },
      remove(contactId) {
        contacts.delete(contactId)
        return stores.live.remove(contactId)
      },
    },
    entries: () => [...entries.values()],
    contacts() {
      for (const [id, { at }] of contacts) if (clock() - at > KEPT_MS) contacts.delete(id)
      return [...contacts.values()].map(({ contact }) => contact)
    },
  }
}
