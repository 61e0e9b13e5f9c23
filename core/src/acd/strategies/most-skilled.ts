import type { Candidate } from '../candidate.ts'
import type { Queue } from '../queue.ts'
import type { Strategy } from './strategy.ts'

/** The highest sum of levels over the queue's required skills comes first; equals by longest idle. */
export const mostSkilled: Strategy = (queue, candidates) =>
  candidates.toSorted((a, b) => levels(queue, b) - levels(queue, a) || a.availableSince - b.availableSince)

const levels = (queue: Queue, candidate: Candidate): number =>
  queue.requiredSkills.reduce((sum, { skillId }) => sum + (candidate.skills[skillId] ?? 0), 0)
