import type { ContactEvent } from '@ringdown/core/events'
import { type ISql, inTransaction } from './client.ts'
import { foldEvents } from './projections/fold.ts'
import { saveProjections } from './projections/save.ts'
import { insertContactEvents } from './tables/contact-events.ts'

/**
 * Takes over whole contacts of the past, each as its events in order: the same fold as live, thousands at once. Nothing
 * goes to the outbox, for nothing is to happen any more.
 */
export async function importContacts(sql: ISql, contacts: readonly (readonly ContactEvent[])[]): Promise<void> {
  const projections = contacts.map((events) => foldEvents(events))
  await inTransaction(sql, async (tx) => {
    await saveProjections(tx, projections)
    await insertContactEvents(
      tx,
      contacts.flatMap((events) => events.map((event, i) => ({ seq: i + 1, event }))),
    )
  })
}
