import type { TicketView } from '@ringdown/core/contract'
import type { TicketId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'
import { listTicketMessages } from '../tables/ticket-messages.ts'
import { findTicket } from '../tables/tickets.ts'
import { listContactSummaries } from './contact-summaries.ts'

/** A ticket with customer, assignee, conversation and calls. */
export async function findTicketView(sql: ISql, id: TicketId): Promise<TicketView | undefined> {
  const ticket = await findTicket(sql, id)
  if (!ticket) return undefined
  const [[names], messages, contacts] = await Promise.all([
    sql<Pick<TicketView, 'customer' | 'assignee'>[]>`
      select (select jsonb_build_object('id', id, 'name', name) from customers where id = t.customer_id) as customer,
        (select jsonb_build_object('id', id, 'name', name) from users where id = t.assignee_id) as assignee
      from tickets t where t.id = ${id}`,
    listTicketMessages(sql, id),
    listContactSummaries(sql, ticket.contactIds),
  ])
  return { ...ticket, customer: names?.customer ?? null, assignee: names?.assignee ?? null, messages, contacts }
}
