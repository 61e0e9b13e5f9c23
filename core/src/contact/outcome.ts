import { z } from 'zod'

/** The closed set of ways a queue entry ends; each entry ends exactly once. */
export const QueueOutcome = z.enum([
  'answered',
  'abandoned',
  'short_abandoned',
  'timed_out',
  'left_by_key',
  'callback_requested',
  'overflowed',
  'no_agents',
  'withdrawn',
  'system_error',
])
export type QueueOutcome = z.infer<typeof QueueOutcome>

/** Outcomes in which the caller left by hanging up. */
export const ABANDONED = ['abandoned', 'short_abandoned'] as const satisfies readonly QueueOutcome[]
/** Outcomes in which the caller went on elsewhere, or the system ended the stay. */
export const FLOWED_OUT = [
  'timed_out',
  'left_by_key',
  'callback_requested',
  'overflowed',
  'no_agents',
  'withdrawn',
  'system_error',
] as const satisfies readonly QueueOutcome[]

/** How one offer of a waiting contact to one agent ended. */
export const OfferOutcome = z.enum(['accepted', 'rejected', 'expired', 'withdrawn', 'device_failed'])
export type OfferOutcome = z.infer<typeof OfferOutcome>

/** Figures of a set of queue entries; `offered = answered + abandoned + flowedOut + waiting` at any time. */
export type QueueBalance = { offered: number; answered: number; abandoned: number; flowedOut: number; waiting: number }

/** The difference that must read 0. */
export const drift = (b: QueueBalance): number => b.offered - b.answered - b.abandoned - b.flowedOut - b.waiting
