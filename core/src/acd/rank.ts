import type { Candidate } from './candidate.ts'
import type { Queue } from './queue.ts'
import { poolsOf } from './steps.ts'
import { compareScores, type Score, strategies, type Turn } from './strategies/index.ts'

export type Ranked = { candidate: Candidate; score: Score }

/** Candidates in the order in which they are tried: own members before those of the queue's steps, then by its strategy. */
export function rank(queue: Queue, candidates: readonly Candidate[], turn: Turn): Ranked[] {
  const pools = poolsOf(queue)
  const strategy = strategies[queue.strategy]
  return candidates
    .map((candidate) => {
      const pool = pools.findIndex((id) => candidate.queues.includes(id))
      return { candidate, score: [pool === -1 ? pools.length : pool, ...strategy.score(candidate, queue, turn)] }
    })
    .toSorted((a, b) => compareScores(a.score, b.score))
}

/** What the parts of a score by `rank` are. */
export const scoreParts = (queue: Pick<Queue, 'strategy'>): readonly string[] => [
  'pool',
  ...strategies[queue.strategy].parts,
]
