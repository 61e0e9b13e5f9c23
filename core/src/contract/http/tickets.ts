import { z } from 'zod'
import { ContactId, CustomerId, TicketId, UserId } from '../../kernel/index.ts'
import { Ticket, TicketInput, TicketMessage, TicketState } from '../../ticket/index.ts'
import { Nothing, operation, PageQuery, pageOf } from '../operation.ts'
import { ContactSummary, TicketSummary } from '../views/index.ts'

const tag = 'tickets'
const params = z.object({ ticketId: TicketId })
export const TicketView = Ticket.extend({
  customer: TicketSummary.shape.customer,
  assignee: TicketSummary.shape.assignee,
  messages: z.array(TicketMessage),
  contacts: z.array(ContactSummary),
})
export type TicketView = z.infer<typeof TicketView>

export const tickets = {
  listTickets: operation({
    tag,
    summary: 'Search tickets',
    method: 'get',
    path: '/api/tickets',
    role: 'agent',
    query: PageQuery.extend({
      search: z.string().max(100).optional(),
      state: z.string().max(80).optional(),
      assigneeId: z.union([UserId, z.literal('none')]).optional(),
      customerId: CustomerId.optional(),
      priority: z.string().max(20).optional(),
    }),
    output: pageOf(TicketSummary),
  }),
  createTicket: operation({
    tag,
    summary: 'New ticket',
    method: 'post',
    path: '/api/tickets',
    role: 'agent',
    body: TicketInput.extend({ note: z.string().max(20_000), contactId: ContactId.nullable() }),
    output: TicketView,
  }),
  readTicket: operation({
    tag,
    summary: 'A ticket with its conversation and calls',
    method: 'get',
    path: '/api/tickets/{ticketId}',
    role: 'agent',
    params,
    output: TicketView,
  }),
  changeTicket: operation({
    tag,
    summary: 'Change fields or state; refused as stale if somebody was faster',
    method: 'patch',
    path: '/api/tickets/{ticketId}',
    role: 'agent',
    params,
    body: TicketInput.partial().extend({ state: TicketState.optional(), version: z.number().int() }),
    output: TicketView,
  }),
  addTicketMessage: operation({
    tag,
    summary: 'Add a note or reply',
    method: 'post',
    path: '/api/tickets/{ticketId}/messages',
    role: 'agent',
    params,
    body: z.object({ kind: z.enum(['note', 'reply']), text: z.string().trim().min(1).max(20_000) }),
    output: TicketMessage,
  }),
  linkContact: operation({
    tag,
    summary: 'Link a call to a ticket',
    method: 'post',
    path: '/api/tickets/{ticketId}/contacts',
    role: 'agent',
    params,
    body: z.object({ contactId: ContactId }),
    output: Nothing,
  }),
} as const
