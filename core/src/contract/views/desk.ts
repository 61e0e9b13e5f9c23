import { z } from 'zod'
import { AgentRecord } from '../../agent/index.ts'
import { CallerMatch } from '../../customer/index.ts'
import { IvrStep } from '../../events.ts'
import { ContactId, Instant, Language, Localized, OfferId, QueueId, SegmentId, TicketId } from '../../kernel/index.ts'
import { Ticket, TicketInput } from '../../ticket/index.ts'
import { ContactSummary, CustomerView, TicketSummary } from './customer.ts'

/** Who calls and what is known, on the screen before the answer. */
export const PopView = z.object({
  contactId: ContactId,
  caller: z.object({ number: z.string(), name: z.string().nullable(), place: Localized.nullable() }),
  language: Language,
  queue: z.object({ id: QueueId, name: Localized }).nullable(),
  arrivedAt: Instant,
  /** Waited in queue until the offer, in ms. */
  waitedMs: z.number().int(),
  /** `code`: the customer code was keyed in; `number`: only the number is known. */
  verified: z.enum(['code', 'number', 'none']),
  code: z.string().nullable(),
  ivrPath: z.array(IvrStep),
  match: CallerMatch,
  customer: CustomerView.nullable(),
  personId: z.string().nullable(),
  openTickets: z.array(TicketSummary),
  recentContacts: z.array(ContactSummary).max(10),
  /** Set when a colleague passed the call on. */
  transferredFrom: z.object({ agentName: z.string(), notes: z.string() }).nullable(),
})
export type PopView = z.infer<typeof PopView>

export const OfferView = z.object({ offerId: OfferId, offeredAt: Instant, expiresAt: Instant, pop: PopView })
export type OfferView = z.infer<typeof OfferView>

export const CallView = z.object({
  contactId: ContactId,
  segmentId: SegmentId,
  state: z.enum(['connecting', 'talking', 'held']),
  answeredAt: Instant,
  heldAt: Instant.nullable(),
  muted: z.boolean(),
  recording: z.boolean(),
  surveySent: z.boolean(),
  notes: z.string(),
  pop: PopView,
})
export type CallView = z.infer<typeof CallView>

export const WrapUpView = z.object({
  contactId: ContactId,
  segmentId: SegmentId,
  startedAt: Instant,
  endsAt: Instant,
  notes: z.string(),
  /** The ticket as it stands: written by the system from the call, or what a colleague saved; nothing is saved by itself. */
  draft: TicketInput,
  draftTicketId: TicketId.nullable(),
  /** A colleague who had the call before saved its ticket: saving changes that one and adds to its conversation. */
  savedTicket: Ticket.pick({ id: true, number: true, state: true }).nullable(),
  pop: PopView,
})
export type WrapUpView = z.infer<typeof WrapUpView>

/** Everything an agent's page shows of the live world. Sent whole at every change, so that a lost message costs nothing. */
export const DeskView = z.object({
  /** Agent record's version; a page ignores an older one. */
  version: z.number().int(),
  agent: AgentRecord.nullable(),
  offer: OfferView.nullable(),
  call: CallView.nullable(),
  wrapUp: WrapUpView.nullable(),
  /** Server clock at sending, for timers that agree. */
  now: Instant,
})
export type DeskView = z.infer<typeof DeskView>
