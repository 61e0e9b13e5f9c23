import type { StrategyName } from '../queue.ts'
import { longestIdle } from './longest-idle.ts'
import { mostSkilled } from './most-skilled.ts'
import type { Strategy } from './strategy.ts'

export type { Strategy } from './strategy.ts'

export const strategies = { longest_idle: longestIdle, most_skilled: mostSkilled } satisfies Record<
  StrategyName,
  Strategy
>
