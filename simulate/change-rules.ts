import { Queue } from '@ringdown/core/acd'
import { z } from 'zod'
import type { Day } from './day.ts'
import { workforce } from './generate-day.ts'

/** What is tried out: rules of queues by their keys, and agents more. */
export const RuleChanges = z.strictObject({
  queues: z.record(z.string(), Queue.omit({ id: true, key: true, name: true }).partial().strict()).default({}),
  /** So many more agents, all day, in all queues, with every skill at level 5. */
  moreAgents: z.number().int().min(0).max(1000).default(0),
})
export type RuleChanges = z.infer<typeof RuleChanges>

/** @throws an error that names the queue that does not exist */
export function changeRules(day: Day, { queues, moreAgents }: RuleChanges): Day {
  const unknown = Object.keys(queues).find((key) => !day.queues.some((queue) => queue.key === key))
  if (unknown !== undefined) throw new Error(`there is no queue '${unknown}'`)
  const changed = day.queues.map((queue) => ({ ...queue, ...defined(queues[queue.key] ?? {}) }))
  return { ...day, queues: changed, agents: [...day.agents, ...newcomers(day, moreAgents)] }
}

function newcomers(day: Day, count: number): Day['agents'] {
  const all = day.agents.flatMap(({ shifts }) => shifts)
  const from = Math.min(...all.map((shift) => shift.from))
  const to = Math.max(...all.map((shift) => shift.to))
  if (count === 0 || !Number.isFinite(from)) return []
  const asked = day.queues.flatMap(({ requiredSkills, preferredSkills }) => [
    ...requiredSkills.map(({ skillId }) => skillId),
    ...preferredSkills,
  ])
  const skills = Object.fromEntries(asked.map((skillId) => [skillId, 5]))
  const ids = day.queues.map(({ id }) => id)
  return workforce(count, ids, to).map((agent) => ({
    ...agent,
    agentId: `more-${agent.agentId}` as typeof agent.agentId,
    skills,
    shifts: [{ from, to }],
  }))
}

const defined = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
