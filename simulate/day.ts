import type { Queue } from '@ringdown/core/acd'
import type { QueueId, SkillId, UserId } from '@ringdown/core/kernel'

/** A caller as he would come whatever the rules are. */
export type Arrival = {
  at: number
  queueId: QueueId
  priority: number
  /** He hangs up after waiting so long. */
  patienceMs: number
  /** Talk, hold and wrap-up with whoever takes him. */
  handleMs: number
}

export type SimulatedAgent = {
  agentId: UserId
  queues: readonly QueueId[]
  skills: Readonly<Record<SkillId, number>>
  /** At work from … to; calls that began within are finished after it. */
  shifts: readonly { from: number; to: number }[]
}

/** All that a day is made of. Arrivals are in the order of time. */
export type Day = {
  queues: readonly Queue[]
  arrivals: readonly Arrival[]
  agents: readonly SimulatedAgent[]
  /** From the offer to the answer. */
  answerMs: number
}
