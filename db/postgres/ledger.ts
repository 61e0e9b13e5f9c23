import type { ContactEvent } from '@ringdown/core/events'
import type { ContactId } from '@ringdown/core/kernel'
import { type ISql, inTransaction } from './client.ts'
import { startContact } from './projections/contact.ts'
import { foldEvents } from './projections/fold.ts'
import { LedgerViolation } from './projections/ledger-violation.ts'
import { saveProjections } from './projections/save.ts'
import { insertContactEvents, listContactEvents } from './tables/contact-events.ts'
import { openContact } from './tables/contacts.ts'
import { insertOutbox } from './tables/outbox.ts'

/**
 * Appends events to the ledgers of their contacts, brings the projections up to date and writes the outbox, all in one
 * transaction. The order of events of one contact is kept; events whose id is known are passed over, so it may be
 * tried again after an outage.
 *
 * Throws `LedgerViolation` for an event that cannot follow those before it; nothing of the call is kept then.
 */
export async function appendContactEvents(sql: ISql, events: readonly ContactEvent[]): Promise<void> {
  if (events.length === 0) return
  const byContact = Map.groupBy(events, (event) => event.contactId)
  await inTransaction(sql, async (tx) => {
    // Always in the order of ids, so that two writers of the same contacts never wait for each other.
    for (const contactId of [...byContact.keys()].sort()) {
      await appendToContact(tx, contactId, byContact.get(contactId) ?? [])
    }
  })
}

async function appendToContact(tx: ISql, contactId: ContactId, events: readonly ContactEvent[]): Promise<void> {
  const started = events.find((event) => event.type === 'contact_started')
  if (!(await lockContact(tx, contactId))) {
    if (!started) throw new LedgerViolation(`contact ${contactId} has no contact_started`)
    await openContact(tx, startContact(started))
    await lockContact(tx, contactId)
  }
  const past = await listContactEvents(tx, contactId)
  const known = new Set(past.map((event) => event.eventId))
  const fresh = events.filter(({ eventId }) => !known.has(eventId) && known.add(eventId))
  if (fresh.length === 0) return

  const before = past.length > 0 ? foldEvents(past) : undefined
  const after = foldEvents(fresh, before)
  await insertContactEvents(
    tx,
    fresh.map((event, i) => ({ seq: past.length + i + 1, event })),
  )
  await saveProjections(tx, [after], before)
  await insertOutbox(
    tx,
    fresh.map((event) => ({ kind: 'contact', event })),
  )
}

/**
 * Throws the projections of a contact away and folds them again from its events.
 * @returns false when there is no such contact
 */
export async function rebuildProjections(sql: ISql, contactId: ContactId): Promise<boolean> {
  return inTransaction(sql, async (tx) => {
    if (!(await lockContact(tx, contactId))) return false
    const projection = foldEvents(await listContactEvents(tx, contactId))
    await tx`delete from surveys where contact_id = ${contactId}`
    await tx`delete from recordings where contact_id = ${contactId}`
    await tx`delete from segments where contact_id = ${contactId}`
    await tx`delete from queue_entries where contact_id = ${contactId}`
    await saveProjections(tx, [projection])
    return true
  })
}

async function lockContact(tx: ISql, contactId: ContactId): Promise<boolean> {
  const [row] = await tx`select 1 from contacts where id = ${contactId} for update`
  return row !== undefined
}
