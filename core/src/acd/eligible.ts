import type { Candidate, WaitingEntry } from './candidate.ts'
import type { Queue } from './queue.ts'

/** How long an agent is spared the very contact he did not take. */
export const REFUSAL_PAUSE_MS = 10_000

/** Why a candidate may not have an entry now; undefined: he may. */
export type Ineligible =
  | { reason: 'for_another_agent' }
  | { reason: 'lacks_skill'; skillId: string }
  | { reason: 'refused_lately'; until: number }

/** The rule of who may be offered what, apart from being routable. */
export function ineligible(
  queue: Queue,
  entry: WaitingEntry,
  candidate: Candidate,
  now: number,
): Ineligible | undefined {
  const direct = entry.forAgentId !== undefined
  if (direct && entry.forAgentId !== candidate.agentId) return { reason: 'for_another_agent' }
  const missing = queue.requiredSkills.find(({ skillId, level }) => (candidate.skills[skillId] ?? 0) < level)
  if (missing && !direct) return { reason: 'lacks_skill', skillId: missing.skillId }
  const refusedAt = entry.refusals?.[candidate.agentId]
  if (refusedAt !== undefined && now < refusedAt + REFUSAL_PAUSE_MS) {
    return { reason: 'refused_lately', until: refusedAt + REFUSAL_PAUSE_MS }
  }
  return undefined
}
