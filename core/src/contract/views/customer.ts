import { z } from 'zod'
import { CustomerInput, Person } from '../../customer/index.ts'
import { ContactId, CustomerId, Instant, Language, Localized, RecordingId, UserId } from '../../kernel/index.ts'
import { Ticket } from '../../ticket/index.ts'

export const CustomerSummary = z.object({
  id: CustomerId,
  code: z.string(),
  name: z.string(),
  grade: z.string(),
  people: z.number().int(),
  openTickets: z.number().int(),
  lastContactAt: Instant.nullable(),
})
export type CustomerSummary = z.infer<typeof CustomerSummary>

export const CustomerView = CustomerInput.extend({
  id: CustomerId,
  version: z.number().int(),
  createdAt: Instant,
  people: z.array(Person),
})
export type CustomerView = z.infer<typeof CustomerView>

export const TicketSummary = Ticket.pick({
  id: true,
  number: true,
  subject: true,
  state: true,
  priority: true,
  category: true,
  dueAt: true,
  createdAt: true,
  updatedAt: true,
  version: true,
}).extend({
  customer: z.object({ id: CustomerId, name: z.string() }).nullable(),
  assignee: z.object({ id: UserId, name: z.string() }).nullable(),
})
export type TicketSummary = z.infer<typeof TicketSummary>

export const ContactSummary = z.object({
  id: ContactId,
  startedAt: Instant,
  endedAt: Instant.nullable(),
  direction: z.enum(['inbound', 'internal']),
  number: z.string(),
  customer: z.object({ id: CustomerId, name: z.string() }).nullable(),
  personName: z.string().nullable(),
  language: Language.nullable(),
  queue: Localized.nullable(),
  agent: z.object({ id: UserId, name: z.string() }).nullable(),
  /** How the last queue entry ended, or null when it never queued. */
  outcome: z.string().nullable(),
  waitedMs: z.number().int().nullable(),
  talkMs: z.number().int().nullable(),
  disposition: z.string().nullable(),
  csat: z.number().int().nullable(),
  recordingId: RecordingId.nullable(),
  ticketNumber: z.string().nullable(),
})
export type ContactSummary = z.infer<typeof ContactSummary>
