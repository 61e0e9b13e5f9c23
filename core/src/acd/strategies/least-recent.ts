import type { Strategy } from './strategy.ts'

/** Whose last call, of whatever queue, ended longest ago comes first; before him those who had none. Equals by longest idle. */
export const leastRecent: Strategy = {
  parts: ['lastCallEndedAt', 'availableSince'],
  score: ({ lastCallEndedAt, availableSince }) => [lastCallEndedAt ?? 0, availableSince],
}
