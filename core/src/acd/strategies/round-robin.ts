import { compareScores } from './compare-scores.ts'
import { memberPlace } from './member-place.ts'
import type { Strategy } from './strategy.ts'

/**
 * Round the queue's order, from the member behind the one who was offered a caller last. The queue remembers him, so that
 * the round goes on whoever is away meanwhile.
 */
export const roundRobin: Strategy = {
  parts: ['round', 'place', 'agentId'],
  score({ agentId }, queue, { lastAgentId }) {
    const place = memberPlace(queue, agentId)
    const isBehind = lastAgentId === null || compareScores(place, memberPlace(queue, lastAgentId)) > 0
    return [isBehind ? 0 : 1, ...place]
  },
}
