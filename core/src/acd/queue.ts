import { z } from 'zod'
import { Localized, Milliseconds, QueueId, SkillId } from '../kernel/index.ts'

export const StrategyName = z.enum(['longest_idle', 'most_skilled'])
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
