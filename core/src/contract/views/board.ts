import { z } from 'zod'
import { ContactId, CustomerId, Instant, Localized, QueueEntryId, QueueId, UserId } from '../../kernel/index.ts'

/** One queue now and today (the business day in the company's time zone). All counts are of queue entries. */
export const QueueTile = z.object({
  id: QueueId,
  key: z.string(),
  name: Localized,
  waiting: z.number().int(),
  longestWaitSince: Instant.nullable(),
  offered: z.number().int(),
  answered: z.number().int(),
  abandoned: z.number().int(),
  shortAbandoned: z.number().int(),
  flowedOut: z.number().int(),
  answeredInTime: z.number().int(),
  /** SL-4: answered in time / (offered that ended − abandoned within the threshold); null before the first call. */
  serviceLevel: z.number().nullable(),
  /** SL-3: answered in time / (answered + abandoned). */
  serviceLevelStrict: z.number().nullable(),
  serviceLevelTarget: z.number(),
  serviceLevelMs: z.number().int(),
  /** Mean speed of answer today, ms. */
  asaMs: z.number().nullable(),
  /** Estimated wait of a caller who comes now, ms; null: unknown. */
  ewtMs: z.number().nullable(),
  /** Mean of |expected − waited| over the last callers who were answered; null: nobody to grade it by. */
  ewtErrorMs: z.number().nullable(),
  /** False: it was too far off to be announced. */
  ewtReliable: z.boolean(),
  agents: z.object({
    available: z.number().int(),
    busy: z.number().int(),
    wrapUp: z.number().int(),
    notReady: z.number().int(),
  }),
  /** Half hours of today, with the counts that make up their service level. */
  intervals: z.array(
    z.object({
      at: Instant,
      offered: z.number().int(),
      answered: z.number().int(),
      abandoned: z.number().int(),
      flowedOut: z.number().int(),
      answeredInTime: z.number().int(),
      abandonedInTime: z.number().int(),
    }),
  ),
  /** offered − answered − abandoned − flowed out − waiting; must be 0. */
  drift: z.number().int(),
})
export type QueueTile = z.infer<typeof QueueTile>

export const WaitingCaller = z.object({
  entryId: QueueEntryId,
  contactId: ContactId,
  queueId: QueueId,
  position: z.number().int(),
  arrivedAt: Instant,
  number: z.string(),
  customer: z.object({ id: CustomerId, name: z.string(), grade: z.string() }).nullable(),
  state: z.enum(['waiting', 'offered']),
  agentId: UserId.nullable(),
})
export type WaitingCaller = z.infer<typeof WaitingCaller>

export const AgentRow = z.object({
  id: UserId,
  name: z.string(),
  /** signed_out, available, break, meal …, missed, ringing, talking, held, wrap_up, device_problem */
  state: z.string(),
  since: Instant.nullable(),
  contactId: ContactId.nullable(),
  on: z.string().nullable(),
  device: z.string().nullable(),
  queues: z.array(QueueId),
  answeredToday: z.number().int(),
})
export type AgentRow = z.infer<typeof AgentRow>

export const BoardView = z.object({
  at: Instant,
  queues: z.array(QueueTile),
  callers: z.array(WaitingCaller),
  agents: z.array(AgentRow),
})
export type BoardView = z.infer<typeof BoardView>
