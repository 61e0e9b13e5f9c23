import { z } from 'zod'
import { Localized, Milliseconds, QueueId, SkillId, UserId } from '../kernel/index.ts'
import { Steps } from './steps.ts'

export const StrategyName = z.enum([
  'longest_idle',
  'most_skilled',
  'least_recent',
  'fewest_calls',
  'round_robin',
  'linear',
  'weighted_random',
])
export type StrategyName = z.infer<typeof StrategyName>

/** The rules of one queue, as an administrator sets them. */
export const Queue = z.object({
  id: QueueId,
  /** Stable word for flows and URLs: `after-sales`. */
  key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  name: Localized,
  strategy: StrategyName,
  /** Skills an agent must have at least at this level (1–5). */
  requiredSkills: z.array(z.object({ skillId: SkillId, level: z.number().int().min(1).max(5) })),
  /** Skills that make an agent the better one for `most_skilled` and `weighted_random`; he may lack them. */
  preferredSkills: z.array(SkillId).max(20),
  /** The order of `linear` and `round_robin`; members who are not in it come after those who are. */
  memberOrder: z.array(UserId).max(5_000),
  /** What is asked of agents falls with the time a caller waited. */
  steps: Steps,
  /** Against other queues of the same agents: each unit counts as a minute of waiting. */
  weight: z.number().int().min(0).max(10),
  /** A caller waits so long for the agent he spoke to last; null: not at all. */
  preferLastAgentMs: Milliseconds.max(600_000).nullable(),
  /** How long one offer rings before it expires. */
  offerMs: Milliseconds.min(1000).max(120_000),
  wrapUpMs: Milliseconds.max(3_600_000),
  /** Waiting longer than this ends the entry as `timed_out`; null: no limit. */
  maxWaitMs: Milliseconds.nullable(),
  /** A caller who hangs up within this time is a short abandon. */
  shortAbandonMs: Milliseconds,
  /** Service level: answered within this time counts as in time; target share 0–1. */
  serviceLevelMs: Milliseconds,
  serviceLevelTarget: z.number().min(0).max(1),
  /** Position and estimated wait are announced this often; null: never. */
  announceEveryMs: Milliseconds.nullable(),
  music: z.string().min(1).max(100),
  /** Ask the caller for a score when the agent hangs up first. */
  survey: z.boolean(),
})
export type Queue = z.infer<typeof Queue>

/** Routing rules of a queue that has no special ones. */
export const plainRouting = {
  preferredSkills: [],
  memberOrder: [],
  steps: [],
  weight: 0,
  preferLastAgentMs: null,
} satisfies Partial<Queue>

/** A queue to be made: what it leaves out is plain. */
export const NewQueue = Queue.omit({ id: true }).extend({
  preferredSkills: Queue.shape.preferredSkills.default(plainRouting.preferredSkills),
  memberOrder: Queue.shape.memberOrder.default(plainRouting.memberOrder),
  steps: Queue.shape.steps.default(plainRouting.steps),
  weight: Queue.shape.weight.default(plainRouting.weight),
  preferLastAgentMs: Queue.shape.preferLastAgentMs.default(plainRouting.preferLastAgentMs),
})
