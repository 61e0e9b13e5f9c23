import type { ContactId, TicketId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'

/** Links a call to a ticket; a second time changes nothing. The fact itself is the contact's event `ticket_linked`. */
export async function linkTicketContact(sql: ISql, ticketId: TicketId, contactId: ContactId): Promise<void> {
  await sql`insert into ticket_contacts ${sql({ ticketId, contactId })} on conflict do nothing`
}
