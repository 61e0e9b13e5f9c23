import { levelSum } from './level-sum.ts'
import type { Strategy } from './strategy.ts'

/**
 * By chance, weighted with the sum of levels over the queue's required and preferred skills (at least 1): twice the levels
 * make an agent twice as likely to come first. The smallest of exponential draws has just that chance.
 */
export const weightedRandom: Strategy = {
  parts: ['draw'],
  score: (candidate, queue, { chance }) => [-Math.log(1 - chance()) / Math.max(1, levelSum(queue, candidate))],
}
