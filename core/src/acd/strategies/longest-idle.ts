import type { Strategy } from './strategy.ts'

/** Whoever has been available longest comes first. */
export const longestIdle: Strategy = (_, candidates) =>
  candidates.toSorted((a, b) => a.availableSince - b.availableSince)
