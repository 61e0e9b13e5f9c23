import {
  type AgentChange,
  type AgentRecord,
  type AgentRefusal,
  newAgent,
  shownState,
  stepAgent,
} from '@ringdown/core/agent'
import type { AgentEvent } from '@ringdown/core/events'
import { ok, type Result, type UserId } from '@ringdown/core/kernel'
import type { Dispatcher } from '../acd/dispatch.ts'
import type { Foundation } from '../foundation.ts'
import type { AgentLog } from './agent-log.ts'

export type ChangeParts = Pick<Foundation, 'agents' | 'clock'> & {
  agentLog: AgentLog
  dispatcher: Pick<Dispatcher, 'agent'>
}

export type Changed = { before: AgentRecord; after: AgentRecord /** false: nothing was to be done */; changed: boolean }

const MOST_TRIES = 20

/**
 * Changes an agent: reads the record, decides by the pure step, and saves it if nobody was faster; else reads again.
 * Logs and publishes the change, and asks for matching.
 * @param decide the change for the record as it is, or null when there is nothing to do any more.
 */
export async function changeAgent(
  { agents, agentLog, dispatcher, clock }: ChangeParts,
  agentId: UserId,
  by: AgentEvent['by'],
  decide: (agent: AgentRecord) => AgentChange | null,
): Promise<Result<Changed, AgentRefusal>> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const before = (await agents.read(agentId)) ?? newAgent(agentId, clock())
    const change = decide(before)
    if (!change) return ok({ before, after: before, changed: false })
    const next = stepAgent(before, change)
    if (!next.ok) return next
    const saved = await agents.save(next.value)
    if (!saved.ok) continue
    const type = typeOf(change, before)
    if (type) agentLog.record(eventOf(type, change.at, before, saved.value, by))
    dispatcher.agent(saved.value)
    return ok({ before, after: saved.value, changed: true })
  }
  throw new Error(`agent ${agentId} changed ${MOST_TRIES} times while one change was tried`)
}

function eventOf(
  type: AgentEvent['type'],
  at: number,
  before: AgentRecord,
  after: AgentRecord,
  by: AgentEvent['by'],
): Omit<AgentEvent, 'eventId'> {
  const work = after.work.state === 'idle' ? before.work : after.work
  return {
    agentId: after.agentId,
    at,
    type,
    state: shownState(after),
    previous: before.version === 0 ? null : shownState(before),
    contactId: work.state === 'idle' ? null : work.contactId,
    device: after.device.kind,
    by,
  }
}

/** Null: nothing that the log of agents tells. */
function typeOf(change: AgentChange, { session, device }: AgentRecord): AgentEvent['type'] | null {
  switch (change.type) {
    case 'signed_in':
      if (!session) return 'signed_in'
      return change.device === device.kind ? null : 'device_changed'
    case 'signed_out':
    case 'status_chosen':
      return change.type
    case 'device_proven':
    case 'device_lost':
      return 'device_changed'
    case 'routing_changed':
      return null
    default:
      return 'work_changed'
  }
}

export const bySystem: AgentEvent['by'] = { party: 'system', userId: null }
export const byAgent = (userId: UserId): AgentEvent['by'] => ({ party: 'agent', userId })
