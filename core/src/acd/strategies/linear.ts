import { memberPlace } from './member-place.ts'
import type { Strategy } from './strategy.ts'

/** Always from the first member of the queue's order on. */
export const linear: Strategy = {
  parts: ['place', 'agentId'],
  score: ({ agentId }, queue) => memberPlace(queue, agentId),
}
