import { z } from 'zod'
import { ContactEvent } from '../../events.ts'
import {
  ContactId,
  Instant,
  Localized,
  QueueEntryId,
  QueueId,
  RecordingId,
  SegmentId,
  UserId,
} from '../../kernel/index.ts'
import { Survey } from '../../survey/index.ts'
import { TicketCategory } from '../../ticket/index.ts'
import { ContactSummary, TicketSummary } from './customer.ts'

export const RecordingView = z.object({
  id: RecordingId,
  segmentId: SegmentId,
  startedAt: Instant,
  durationMs: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string().nullable(),
  state: z.enum(['recording', 'finalising', 'ready', 'failed']),
})
export type RecordingView = z.infer<typeof RecordingView>

export const SegmentView = z.object({
  id: SegmentId,
  agent: z.object({ id: UserId, name: z.string() }),
  queue: Localized.nullable(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  heldMs: z.number().int(),
  wrapUpMs: z.number().int().nullable(),
  disposition: z.string().nullable(),
  /** What its agent took the call for when he saved its ticket. */
  category: TicketCategory.nullable(),
  endedBy: z.string().nullable(),
  reason: z.string().nullable(),
})
export type SegmentView = z.infer<typeof SegmentView>

export const QueueEntryView = z.object({
  id: QueueEntryId,
  queueId: QueueId,
  queue: Localized,
  arrivedAt: Instant,
  enteredAt: Instant,
  endedAt: Instant.nullable(),
  outcome: z.string().nullable(),
  waitedMs: z.number().int().nullable(),
})
export type QueueEntryView = z.infer<typeof QueueEntryView>

/** Left: from the caller's trunk or phone; right: us. One arrow a message, as the SIP server saw it. */
export const LadderMessage = z.object({
  at: Instant,
  direction: z.enum(['in', 'out']),
  transport: z.string(),
  local: z.string(),
  remote: z.string(),
  text: z.string(),
})
export type LadderMessage = z.infer<typeof LadderMessage>

/** The call's page, later. */
export const ContactView = z.object({
  id: ContactId,
  summary: ContactSummary,
  notes: z.string(),
  termination: z.object({ party: z.string(), reason: z.string() }).nullable(),
  events: z.array(ContactEvent),
  entries: z.array(QueueEntryView),
  segments: z.array(SegmentView),
  recordings: z.array(RecordingView),
  surveys: z.array(Survey),
  tickets: z.array(TicketSummary),
})
export type ContactView = z.infer<typeof ContactView>
