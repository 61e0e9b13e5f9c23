import type { Candidate } from '../candidate.ts'
import type { Queue } from '../queue.ts'

/** Sum of a candidate's levels over the required and the preferred skills of a queue, each skill once. */
export function levelSum({ requiredSkills, preferredSkills }: Queue, { skills }: Candidate): number {
  const counted = new Set([...requiredSkills.map(({ skillId }) => skillId), ...preferredSkills])
  return [...counted].reduce((sum, skillId) => sum + (skills[skillId] ?? 0), 0)
}
