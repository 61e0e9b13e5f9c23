import type { QueueId, SkillId } from '../kernel/index.ts'
import type { Candidate, WaitingEntry } from './candidate.ts'
import type { Demand } from './steps.ts'

/** How long an agent is spared the very contact he did not take. */
export const REFUSAL_PAUSE_MS = 10_000

/** Why a candidate may not have an entry now; undefined: he may. */
export type Ineligible =
  | { reason: 'for_another_agent' }
  | { reason: 'waits_for_preferred'; until: number }
  | { reason: 'not_a_member' }
  | { reason: 'lacks_skill'; skillId: SkillId; level: number }
  | { reason: 'refused_lately'; until: number }

/** The rule of who may be offered what, apart from being routable. @param demand of the entry's queue, by its wait */
export function ineligible(
  demand: Demand,
  entry: WaitingEntry,
  candidate: Candidate,
  now: number,
): Ineligible | undefined {
  const { forAgentId, preferred } = entry
  if (forAgentId !== undefined && forAgentId !== candidate.agentId) return { reason: 'for_another_agent' }
  const isWanted = forAgentId === candidate.agentId || preferred?.agentId === candidate.agentId
  if (preferred && !isWanted && now < preferred.until) return { reason: 'waits_for_preferred', until: preferred.until }
  const refusedAt = entry.refusals?.[candidate.agentId]
  if (refusedAt !== undefined && now < refusedAt + REFUSAL_PAUSE_MS) {
    return { reason: 'refused_lately', until: refusedAt + REFUSAL_PAUSE_MS }
  }
  if (forAgentId !== undefined || (preferred && isWanted && now < preferred.until)) return undefined
  return unfit(demand, candidate)
}

function unfit({ pools, requiredSkills }: Demand, { queues, skills }: Candidate): Ineligible | undefined {
  if (!pools.some((id: QueueId) => queues.includes(id))) return { reason: 'not_a_member' }
  const missing = requiredSkills.find(({ skillId, level }) => (skills[skillId] ?? 0) < level)
  return missing && { reason: 'lacks_skill', ...missing }
}
