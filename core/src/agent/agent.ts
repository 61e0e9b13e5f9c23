import { z } from 'zod'
import { ContactId, Instant, Milliseconds, OfferId, QueueId, SegmentId, SkillId, UserId } from '../kernel/index.ts'

/** How an agent hears and speaks: the browser, a registered SIP phone, or an outside number. */
export const DeviceKind = z.enum(['webrtc', 'sip'])
export type DeviceKind = z.infer<typeof DeviceKind>

/** What the agent chose. `missed` is set by the system when an offer expired unanswered. */
export const NotReadyReason = z.enum(['break', 'meal', 'training', 'meeting', 'other', 'missed'])
export type NotReadyReason = z.infer<typeof NotReadyReason>
export const ChosenStatus = z.discriminatedUnion('status', [
  z.object({ status: z.literal('available') }),
  z.object({ status: z.literal('not_ready'), reason: NotReadyReason }),
])
export type ChosenStatus = z.infer<typeof ChosenStatus>

/** What the agent is doing. */
export const AgentWork = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle'), since: Instant }),
  z.object({
    state: z.literal('ringing'),
    since: Instant,
    offerId: OfferId,
    contactId: ContactId,
    queueId: QueueId,
    expiresAt: Instant,
  }),
  z.object({
    state: z.literal('talking'),
    since: Instant,
    contactId: ContactId,
    segmentId: SegmentId,
    queueId: QueueId.nullable(),
  }),
  z.object({
    state: z.literal('held'),
    since: Instant,
    contactId: ContactId,
    segmentId: SegmentId,
    queueId: QueueId.nullable(),
  }),
  z.object({
    state: z.literal('wrap_up'),
    since: Instant,
    contactId: ContactId,
    segmentId: SegmentId,
    queueId: QueueId.nullable(),
    endsAt: Instant,
  }),
])
export type AgentWork = z.infer<typeof AgentWork>

/** Work since the agent signed in, for an even share of calls. At work: chose Available, or has work; breaks do not count. */
export const AgentShift = z.object({
  calls: z.number().int().nonnegative(),
  /** Time at work before `atWorkSince`. */
  atWorkMs: Milliseconds,
  /** Null: not at work now. */
  atWorkSince: Instant.nullable(),
})
export type AgentShift = z.infer<typeof AgentShift>

/** The four separate facts about a signed-in agent (who may be routed to is derived from them, never stored). */
export const AgentRecord = z.object({
  agentId: UserId,
  /** Raised by one at every change: the fencing token of compare-and-set. */
  version: z.number().int().nonnegative(),
  session: z.object({ signedInAt: Instant, seenAt: Instant }).nullable(),
  device: z.object({
    kind: DeviceKind,
    proven: z.boolean(),
    since: Instant,
    /** media leg of a browser, contact of a phone */ address: z.string().nullable(),
  }),
  status: z.object({
    chosen: ChosenStatus,
    since: Instant,
    /** takes effect when the present work ends */ next: ChosenStatus.nullable(),
  }),
  work: AgentWork,
  queues: z.array(QueueId),
  skills: z.record(SkillId, z.number().int().min(1).max(5)),
  availableSince: Instant.nullable(),
  callsToday: z.number().int().nonnegative(),
  lastCallEndedAt: Instant.nullable(),
  shift: AgentShift,
})
export type AgentRecord = z.infer<typeof AgentRecord>

/** Routable = signed in, device proven, chose Available, and idle. */
export function isRoutable(agent: Pick<AgentRecord, 'session' | 'device' | 'status' | 'work'>): boolean {
  return (
    agent.session !== null &&
    agent.device.proven &&
    agent.status.chosen.status === 'available' &&
    agent.work.state === 'idle'
  )
}
