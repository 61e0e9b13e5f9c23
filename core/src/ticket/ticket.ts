import { z } from 'zod'
import { ContactId, CustomerId, defineMachine, Instant, PersonId, TicketId, UserId } from '../kernel/index.ts'

export const TicketPriority = z.enum(['low', 'normal', 'high', 'urgent'])
export type TicketPriority = z.infer<typeof TicketPriority>
export const TicketCategory = z.enum(['repair', 'exchange', 'inquiry', 'order', 'complaint', 'other'])
export type TicketCategory = z.infer<typeof TicketCategory>

/**
 *   draft ─open→ open ⇄ pending ─solve→ solved ─close→ closed
 *     └ discard → (gone)      ▲            │ reopen
 *                             └────────────┘
 * `draft`: written from a call by the system, not yet confirmed in wrap-up.
 */
export const TicketState = z.enum(['draft', 'open', 'pending', 'solved', 'closed'])
export type TicketState = z.infer<typeof TicketState>

export const ticketState = defineMachine<
  { state: TicketState },
  { type: 'open' } | { type: 'wait' } | { type: 'solve' } | { type: 'reopen' } | { type: 'close' }
>({
  draft: { open: () => ({ state: 'open' }), solve: () => ({ state: 'solved' }) },
  open: { wait: () => ({ state: 'pending' }), solve: () => ({ state: 'solved' }) },
  pending: { reopen: () => ({ state: 'open' }), solve: () => ({ state: 'solved' }) },
  solved: { reopen: () => ({ state: 'open' }), close: () => ({ state: 'closed' }) },
  closed: { reopen: () => ({ state: 'open' }) },
})

export const TicketInput = z.object({
  subject: z.string().trim().min(1).max(300),
  customerId: CustomerId.nullable(),
  personId: PersonId.nullable(),
  priority: TicketPriority,
  category: TicketCategory,
  assigneeId: UserId.nullable(),
  /** When it must be done, or the customer be called again; null: no promise was made. */
  dueAt: Instant.nullable(),
})
export type TicketInput = z.infer<typeof TicketInput>

export const Ticket = TicketInput.extend({
  id: TicketId,
  /** What people say: T-10482. */
  number: z.string(),
  state: TicketState,
  channel: z.enum(['voice', 'web', 'email']),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.number().int(),
  contactIds: z.array(ContactId),
})
export type Ticket = z.infer<typeof Ticket>

export const TicketMessage = z.object({
  id: z.uuid(),
  ticketId: TicketId,
  at: Instant,
  kind: z.enum(['note', 'reply', 'event']),
  author: z.object({ id: UserId.nullable(), name: z.string() }),
  text: z.string().max(20_000),
})
export type TicketMessage = z.infer<typeof TicketMessage>
