import type { UserId } from '../../kernel/index.ts'
import type { Queue } from '../queue.ts'

/** Places in the order that the queue's rules give; members who are not in it stand behind, by their ids. */
export function memberPlace({ memberOrder }: Queue, agentId: UserId): readonly [number, UserId] {
  const place = memberOrder.indexOf(agentId)
  return [place === -1 ? memberOrder.length : place, agentId]
}
