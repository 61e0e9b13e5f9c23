import type { AgentShift } from '../../agent/index.ts'
import type { Strategy } from './strategy.ts'

const HOUR_MS = 3_600_000

/**
 * Whoever answered the fewest calls per hour at work in this shift comes first; equals by longest idle. A rate and not a
 * count, so that who begins at noon or comes back from a break gets his even share and not every call until he has caught up.
 */
export const fewestCalls: Strategy = {
  parts: ['callsPerHour', 'availableSince'],
  score: ({ shift, availableSince }, _, { now }) => [callsPerHour(shift, now), availableSince],
}

function callsPerHour({ calls, atWorkMs, atWorkSince }: AgentShift, now: number): number {
  const workedMs = atWorkMs + (atWorkSince === null ? 0 : Math.max(0, now - atWorkSince))
  return (calls * HOUR_MS) / Math.max(1, workedMs)
}
