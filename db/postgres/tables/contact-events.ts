import type { ContactEvent } from '@ringdown/core/events'
import type { ContactId } from '@ringdown/core/kernel'
import { type ISql, jsonb } from '../client.ts'

/** An event with its place in the contact's ledger, from 1. */
export type SequencedEvent = { seq: number; event: ContactEvent }

const rowsAtOnce = 5000

/** The ledger of a contact, in order. */
export async function listContactEvents(sql: ISql, contactId: ContactId): Promise<ContactEvent[]> {
  const rows = await sql<{ eventId: string; contactId: string; at: number; type: string; data: object }[]>`
    select event_id, contact_id, at, type, data from contact_events where contact_id = ${contactId} order by seq`
  return rows.map(({ data, ...row }) => ({ ...row, ...data }) as ContactEvent)
}

/** Only for `ledger.ts`, which gives the numbers and keeps the projections in step. */
export async function insertContactEvents(sql: ISql, events: readonly SequencedEvent[]): Promise<void> {
  for (let i = 0; i < events.length; i += rowsAtOnce) {
    const rows = events.slice(i, i + rowsAtOnce).map(({ seq, event }) => {
      const { eventId, contactId, at, type, ...data } = event
      return { contactId, seq, eventId, at: new Date(at), type, data }
    })
    await sql`
      insert into contact_events (contact_id, seq, event_id, at, type, data)
      select "contactId", seq, "eventId", at, type, data
      from jsonb_to_recordset(${jsonb(sql, rows)})
        as given ("contactId" uuid, seq int, "eventId" uuid, at timestamptz, type text, data jsonb)`
  }
}
