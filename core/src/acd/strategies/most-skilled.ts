import { levelSum } from './level-sum.ts'
import type { Strategy } from './strategy.ts'

/** The highest sum of levels over the queue's required and preferred skills comes first; equals by longest idle. */
export const mostSkilled: Strategy = {
  parts: ['negatedLevels', 'availableSince'],
  score: (candidate, queue) => [-levelSum(queue, candidate), candidate.availableSince],
}
