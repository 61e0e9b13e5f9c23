import type { StrategyName } from '../queue.ts'
import { fewestCalls } from './fewest-calls.ts'
import { leastRecent } from './least-recent.ts'
import { linear } from './linear.ts'
import { longestIdle } from './longest-idle.ts'
import { mostSkilled } from './most-skilled.ts'
import { roundRobin } from './round-robin.ts'
import type { Strategy } from './strategy.ts'
import { weightedRandom } from './weighted-random.ts'

export { compareScores } from './compare-scores.ts'
export type { Score, Strategy, Turn } from './strategy.ts'

export const strategies = {
  longest_idle: longestIdle,
  most_skilled: mostSkilled,
  least_recent: leastRecent,
  fewest_calls: fewestCalls,
  round_robin: roundRobin,
  linear,
  weighted_random: weightedRandom,
} satisfies Record<StrategyName, Strategy>
