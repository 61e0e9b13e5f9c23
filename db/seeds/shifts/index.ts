import { type AgentRecord, newAgent, shownState, stepAgent } from '@ringdown/core/agent'
import type { AgentEvent } from '@ringdown/core/events'
import { EventId, type UserId, unwrap } from '@ringdown/core/kernel'
import type { DemoCall } from '../calls/index.ts'
import type { Random } from '../random.ts'
import type { DemoStaff } from '../staff.ts'
import { type Change, changesByCalls } from './changes-by-calls.ts'
import { withShifts } from './with-shifts.ts'

/**
 * What the agents did all that time, as the log of agents would have it: shifts around their calls, breaks between them.
 * Every change goes through the same step as a live one.
 */
export function demoShifts(
  calls: readonly DemoCall[],
  { staff, random, now }: { staff: DemoStaff; random: Random; now: number },
): AgentEvent[] {
  const byCalls = changesByCalls(calls, staff)
  return staff.agents.flatMap(({ id }) => {
    let agent = newAgent(id, 0)
    return withShifts(byCalls.get(id) ?? [], { random, now }).map((change) => {
      const before = agent
      agent = { ...unwrap(stepAgent(before, change)), version: before.version + 1 }
      return { eventId: EventId.parse(random.uuid()), ...eventOf(change, before, agent) }
    })
  })
}

function eventOf(change: Change, before: AgentRecord, after: AgentRecord): Omit<AgentEvent, 'eventId'> {
  const work = after.work.state === 'idle' ? before.work : after.work
  return {
    agentId: after.agentId,
    at: change.at,
    type: typeOf(change),
    state: shownState(after),
    previous: before.version === 0 ? null : shownState(before),
    contactId: work.state === 'idle' ? null : work.contactId,
    by: byOf(change, after.agentId),
  }
}

function typeOf({ type }: Change): AgentEvent['type'] {
  if (type === 'signed_in' || type === 'signed_out' || type === 'status_chosen') return type
  return type === 'device_proven' ? 'device_changed' : 'work_changed'
}

function byOf({ type }: Change, userId: UserId): AgentEvent['by'] {
  const byHimself = type !== 'offered' && type !== 'offer_ended' && type !== 'call_ended'
  return byHimself ? { party: 'agent', userId } : { party: 'system', userId: null }
}
