import type { AgentChange } from '@ringdown/core/agent'
import type { ContactEvent } from '@ringdown/core/events'
import type { SegmentId, UserId } from '@ringdown/core/kernel'
import type { DemoCall } from '../calls/index.ts'
import type { DemoStaff } from '../staff.ts'

/** What happens to the demo's agents. */
export type Change = Exclude<AgentChange, { type: 'routing_changed' | 'device_lost' | 'wrap_up_extended' }>

/** What the calls did to each agent, in order. */
export function changesByCalls(calls: readonly DemoCall[], staff: DemoStaff): Map<UserId, Change[]> {
  const wrapUpMs = new Map(Object.values(staff.queues).map((queue) => [queue.id as string, queue.wrapUpMs]))
  const changes = new Map<UserId, Change[]>(staff.agents.map(({ id }) => [id, []]))
  for (const { log } of calls) {
    const segments = new Map<SegmentId, { agentId: UserId; wrapUpMs: number }>()
    for (const event of log.events) {
      if (event.type === 'segment_started') {
        const { segmentId, agentId, queueId } = event
        segments.set(segmentId, { agentId, wrapUpMs: wrapUpMs.get(queueId ?? '') ?? 0 })
      }
      const [agentId, change] = changeBy(event, segments) ?? []
      if (agentId && change) changes.get(agentId)?.push(change)
    }
  }
  for (const each of changes.values()) each.sort((a, b) => a.at - b.at)
  return changes
}

type Segments = ReadonlyMap<SegmentId, { agentId: UserId; wrapUpMs: number }>

function changeBy(event: ContactEvent, segments: Segments): [UserId, Change] | undefined {
  const { at } = event
  switch (event.type) {
    case 'offer_made': {
      const { offerId, contactId, queueId, expiresAt } = event
      return [event.agentId, { type: 'offered', at, offerId, contactId, queueId, expiresAt }]
    }
    case 'offer_ended': {
      if (event.outcome === 'accepted') return undefined
      const missed = event.outcome === 'expired' ? ({ status: 'not_ready', reason: 'missed' } as const) : null
      return [event.agentId, { type: 'offer_ended', at, status: missed, keepPlace: false }]
    }
    case 'segment_started':
      return [event.agentId, { type: 'answered', at, segmentId: event.segmentId }]
    case 'segment_held':
    case 'segment_resumed': {
      const agentId = segments.get(event.segmentId)?.agentId
      return agentId && [agentId, { type: event.type === 'segment_held' ? 'held' : 'resumed', at }]
    }
    case 'segment_ended':
      return [event.agentId, { type: 'call_ended', at, wrapUpMs: segments.get(event.segmentId)?.wrapUpMs ?? 0 }]
    case 'wrap_up_ended':
      return [event.agentId, { type: 'wrap_up_ended', at, status: null }]
    default:
      return undefined
  }
}
