import { z } from 'zod'
import { DeviceKind } from './agent/index.ts'
import { OfferOutcome, Party, QueueOutcome, Termination } from './contact/index.ts'
import { CallerMatch } from './customer/index.ts'
import { IvrStep } from './ivr-step.ts'
import {
  ContactId,
  EventId,
  FlowId,
  GatewayId,
  Instant,
  Language,
  Localized,
  Milliseconds,
  OfferId,
  QueueEntryId,
  QueueId,
  RecordingId,
  SegmentId,
  SurveyId,
  TicketId,
  TrunkId,
  UserId,
} from './kernel/index.ts'
import { SurveyTrigger } from './survey/index.ts'
import { TicketCategory } from './ticket/index.ts'

/**
 * The only thing the stages say to each other, in the past tense. Events of one contact are its ledger: appended to
 * PostgreSQL in order (`seq` from 1), never changed, and every projection and figure is derived from them.
 */
const facts = {
  contact_started: {
    direction: z.enum(['inbound', 'internal']),
    from: z.string().max(120),
    fromName: z.string().max(120).nullable(),
    number: z.string().nullable(),
    place: Localized.nullable(),
    to: z.string().max(120),
    sipCallId: z.string().max(300),
    gatewayId: GatewayId,
    /** The trunk it came in on, by the name it had; null: an agent's phone. */
    trunk: z.object({ id: TrunkId, name: z.string() }).nullable().optional(),
  },
  language_chosen: { language: Language },
  ivr_entered: { flowId: FlowId, version: z.number().int() },
  ivr_step: { step: IvrStep },
  caller_matched: { match: CallerMatch, by: z.enum(['number', 'code', 'agent']), code: z.string().max(20).nullable() },
  queue_entered: {
    entryId: QueueEntryId,
    queueId: QueueId,
    arrivedAt: Instant,
    priority: z.number().int(),
    /** The wait that was expected then; null: there was no estimate. */
    expectedMs: Milliseconds.nullable().optional(),
  },
  offer_made: { offerId: OfferId, entryId: QueueEntryId, queueId: QueueId, agentId: UserId, expiresAt: Instant },
  offer_ended: { offerId: OfferId, entryId: QueueEntryId, queueId: QueueId, agentId: UserId, outcome: OfferOutcome },
  queue_entry_ended: {
    entryId: QueueEntryId,
    queueId: QueueId,
    outcome: QueueOutcome,
    waitedMs: z.number().int().nonnegative(),
    agentId: UserId.nullable(),
  },
  segment_started: {
    segmentId: SegmentId,
    agentId: UserId,
    queueId: QueueId.nullable(),
    entryId: QueueEntryId.nullable(),
  },
  segment_held: { segmentId: SegmentId },
  segment_resumed: { segmentId: SegmentId },
  segment_ended: { segmentId: SegmentId, agentId: UserId, by: Party, reason: Termination.shape.reason },
  contact_transferred: {
    segmentId: SegmentId,
    agentId: UserId,
    to: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('agent'), agentId: UserId }),
      z.object({ kind: z.literal('queue'), queueId: QueueId }),
    ]),
  },
  recording_started: { recordingId: RecordingId, segmentId: SegmentId, path: z.string().max(300) },
  recording_ended: {
    recordingId: RecordingId,
    segmentId: SegmentId,
    durationMs: z.number().int().nonnegative(),
    bytes: z.number().int().nonnegative(),
    sha256: z.string(),
    failed: z.boolean(),
  },
  survey_sent: {
    surveyId: SurveyId,
    segmentId: SegmentId.nullable(),
    agentId: UserId.nullable(),
    queueId: QueueId.nullable(),
    trigger: SurveyTrigger,
  },
  survey_answered: { surveyId: SurveyId, question: z.enum(['csat', 'nps']), score: z.number().int().min(0).max(10) },
  wrap_up_started: { segmentId: SegmentId, agentId: UserId, endsAt: Instant },
  wrap_up_ended: {
    segmentId: SegmentId,
    agentId: UserId,
    disposition: z.string().max(60).nullable(),
    by: z.enum(['agent', 'timer', 'supervisor', 'system']),
  },
  notes_changed: { agentId: UserId, text: z.string().max(10_000) },
  ticket_linked: {
    ticketId: TicketId,
    agentId: UserId.nullable(),
    /** Where wrap-up linked it: the agent's part of the call, and what he took the call for. */
    segmentId: SegmentId.nullable().optional(),
    category: TicketCategory.nullable().optional(),
  },
  contact_ended: { termination: Termination },
} as const satisfies Record<string, z.ZodRawShape>

const event = <T extends keyof typeof facts>(type: T) =>
  z.object({ eventId: EventId, contactId: ContactId, at: Instant, type: z.literal(type), ...facts[type] })

export const ContactEvent = z.discriminatedUnion('type', [
  event('contact_started'),
  event('language_chosen'),
  event('ivr_entered'),
  event('ivr_step'),
  event('caller_matched'),
  event('queue_entered'),
  event('offer_made'),
  event('offer_ended'),
  event('queue_entry_ended'),
  event('segment_started'),
  event('segment_held'),
  event('segment_resumed'),
  event('segment_ended'),
  event('contact_transferred'),
  event('recording_started'),
  event('recording_ended'),
  event('survey_sent'),
  event('survey_answered'),
  event('wrap_up_started'),
  event('wrap_up_ended'),
  event('notes_changed'),
  event('ticket_linked'),
  event('contact_ended'),
])
export type ContactEvent = z.infer<typeof ContactEvent>
export type ContactEventType = ContactEvent['type']
export type ContactEventOf<T extends ContactEventType> = Extract<ContactEvent, { type: T }>

/** A change of an agent, with who made it and what was before: the log adds up to the second. */
export const AgentEvent = z.object({
  eventId: EventId,
  agentId: UserId,
  at: Instant,
  type: z.enum(['signed_in', 'signed_out', 'status_chosen', 'work_changed', 'device_changed']),
  /** What the agent shows to others from now on: available, break, meal, ringing, talking, held, wrap_up, missed … */
  state: z.string().max(40),
  previous: z.string().max(40).nullable(),
  contactId: ContactId.nullable(),
  /** The agent's device; only where it is known. */
  device: DeviceKind.optional(),
  by: z.object({ party: Party, userId: UserId.nullable() }),
})
export type AgentEvent = z.infer<typeof AgentEvent>

/** An offer was made or ended: what rings does not wait until it is written. */
const OfferEvent = z.discriminatedUnion('type', [event('offer_made'), event('offer_ended')])
export type OfferEvent = z.infer<typeof OfferEvent>

/** What travels between gateways on the bus: facts, or the hint that a record changed. */
export const BusMessage = z.discriminatedUnion('kind', [
  /** Written in the ledger. */
  z.object({ kind: z.literal('contact'), event: ContactEvent }),
  /** Told at once, ahead of the ledger. */
  z.object({ kind: z.literal('offer'), event: OfferEvent }),
  z.object({ kind: z.literal('agent'), event: AgentEvent }),
  /** The agent's desk should be composed anew (call state, mute, pop …). */
  z.object({ kind: z.literal('desk'), agentId: UserId }),
  z.object({ kind: z.literal('ticket'), ticketId: TicketId }),
  /** The pages of a browser session, or all pages of a user, close wherever they are. */
  z.object({ kind: z.literal('session_ended'), sessionId: z.string().max(64), reason: z.literal('signed_out') }),
  z.object({ kind: z.literal('user_ended'), userId: UserId, reason: z.literal('forced') }),
])
export type BusMessage = z.infer<typeof BusMessage>

export { IvrStep } from './ivr-step.ts'
