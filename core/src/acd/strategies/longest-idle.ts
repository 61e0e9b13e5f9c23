import type { Strategy } from './strategy.ts'

/** Whoever has been available longest comes first. */
export const longestIdle: Strategy = {
  parts: ['availableSince'],
  score: ({ availableSince }) => [availableSince],
}
