import { z } from 'zod'
import { Milliseconds, QueueId, SkillId } from '../kernel/index.ts'
import type { Queue } from './queue.ts'

/** From `afterMs` of waiting on, no more than these levels are asked, and members of these queues may have the caller too. */
export const Step = z.object({
  afterMs: Milliseconds.min(1000).max(86_400_000),
  /** 0: the skill is not asked any more. A level above the one in force changes nothing: steps only widen. */
  levels: z.array(z.object({ skillId: SkillId, level: z.number().int().min(0).max(5) })).max(20),
  groups: z.array(QueueId).max(20),
})
export type Step = z.infer<typeof Step>

export const Steps = z
  .array(Step)
  .max(10)
  .superRefine((steps, context) => {
    steps.forEach(({ afterMs }, i) => {
      if (i > 0 && afterMs <= steps[i - 1]!.afterMs)
        context.addIssue({ code: 'custom', path: [i, 'afterMs'], message: 'must be later than the step before' })
    })
  })

/** What is asked of an agent for a caller who waited so long. */
export type Demand = {
  requiredSkills: Queue['requiredSkills']
  /** Whose members may have him: the queue's own first, then those of each step. */
  pools: readonly QueueId[]
  /** Wait after which less is asked; null: never. */
  nextAfterMs: number | null
}

/** Steps only widen: each lowers levels or adds members, so nobody who might have the caller loses him by waiting. */
export function demandAfter(queue: Pick<Queue, 'id' | 'requiredSkills' | 'steps'>, waitedMs: number): Demand {
  const begun = queue.steps.filter((step) => step.afterMs <= waitedMs)
  const next = queue.steps[begun.length]
  const lowered = new Map(queue.requiredSkills.map(({ skillId, level }) => [skillId, level]))
  for (const { levels } of begun)
    for (const { skillId, level } of levels) {
      const asked = lowered.get(skillId)
      if (asked !== undefined) lowered.set(skillId, Math.min(asked, level))
    }
  return {
    requiredSkills: [...lowered].flatMap(([skillId, level]) => (level > 0 ? [{ skillId, level }] : [])),
    pools: [...new Set([queue.id, ...begun.flatMap((step) => step.groups)])],
    nextAfterMs: next ? next.afterMs : null,
  }
}

/** Queues whose members may ever have a caller of this one. */
export const poolsOf = ({ id, steps }: Pick<Queue, 'id' | 'steps'>): QueueId[] => [
  ...new Set([id, ...steps.flatMap((step) => step.groups)]),
]
