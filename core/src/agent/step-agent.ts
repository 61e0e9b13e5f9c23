import {
  err,
  type IllegalTransition,
  never,
  ok,
  type QueueId,
  type Result,
  type SkillId,
  type UserId,
} from '../kernel/index.ts'
import { type AgentRecord, type ChosenStatus, type DeviceKind, isRoutable } from './agent.ts'
import { agentWork, type WorkEvent } from './work.ts'

/** What can happen to an agent: to his session, his device, his status or his work. */
export type AgentChange =
  | {
      type: 'signed_in'
      at: number
      device: DeviceKind
      queues: QueueId[]
      skills: Record<SkillId, number>
      callsToday: number
      lastCallEndedAt: number | null
    }
  | { type: 'signed_out'; at: number }
  | { type: 'routing_changed'; at: number; queues: QueueId[]; skills: Record<SkillId, number> }
  | { type: 'status_chosen'; at: number; chosen: ChosenStatus }
  | { type: 'device_proven'; at: number; address: string | null }
  | { type: 'device_lost'; at: number }
  | Exclude<WorkEvent, { type: 'offer_ended' | 'wrap_up_ended' }>
  /** `status` wins over the one chosen for afterwards; `keepPlace`: the agent did nothing to end it. */
  | { type: 'offer_ended'; at: number; status: ChosenStatus | null; keepPlace: boolean }
  | { type: 'wrap_up_ended'; at: number; status: ChosenStatus | null }

export type AgentRefusal = IllegalTransition | { code: 'not_signed_in' } | { code: 'in_call' }

/** An agent who has not signed in yet. */
export const newAgent = (agentId: UserId, at: number): AgentRecord => ({
  agentId,
  version: 0,
  session: null,
  device: { kind: 'webrtc', proven: false, since: at, address: null },
  status: { chosen: { status: 'not_ready', reason: 'other' }, since: at, next: null },
  work: { state: 'idle', since: at },
  queues: [],
  skills: {},
  availableSince: null,
  callsToday: 0,
  lastCallEndedAt: null,
  shift: { calls: 0, atWorkMs: 0, atWorkSince: null },
})

/**
 * The next record of an agent, or why the change is not possible. Rules: SPEC.md beside this file.
 * The version is left to the store.
 */
export function stepAgent(agent: AgentRecord, change: AgentChange): Result<AgentRecord, AgentRefusal> {
  const next = apply(agent, change)
  return next.ok ? ok(withAttendance(withAvailability(next.value, change.at), change.at)) : next
}

function apply(agent: AgentRecord, change: AgentChange): Result<AgentRecord, AgentRefusal> {
  if (change.type === 'signed_in') return signIn(agent, change)
  if (agent.session === null) return err({ code: 'not_signed_in' })
  switch (change.type) {
    case 'signed_out':
      return signOut(agent, change.at)
    case 'routing_changed':
      return ok({ ...agent, queues: change.queues, skills: change.skills })
    case 'status_chosen':
      return ok(chooseStatus(agent, change))
    case 'device_proven':
      return ok({ ...agent, device: { ...agent.device, proven: true, since: change.at, address: change.address } })
    case 'device_lost':
      return ok({ ...agent, device: { ...agent.device, proven: false, since: change.at, address: null } })
    case 'offer_ended':
    case 'wrap_up_ended':
    case 'offered':
    case 'answered':
    case 'held':
    case 'resumed':
    case 'call_ended':
    case 'wrap_up_extended':
      return stepWork(agent, change)
    default:
      return never(change)
  }
}

function signIn(agent: AgentRecord, c: Extract<AgentChange, { type: 'signed_in' }>): Result<AgentRecord, AgentRefusal> {
  const { at, queues, skills, callsToday, lastCallEndedAt } = c
  const device = { kind: c.device, proven: false, since: at, address: null }
  if (agent.session === null) {
    const { status, shift } = newAgent(agent.agentId, at)
    const session = { signedInAt: at, seenAt: at }
    return ok({ ...agent, session, device, status, queues, skills, callsToday, lastCallEndedAt, shift })
  }
  if (agent.device.kind === c.device) return ok({ ...agent, queues, skills })
  return agent.work.state === 'idle' ? ok({ ...agent, device, queues, skills }) : err({ code: 'in_call' })
}

function signOut(agent: AgentRecord, at: number): Result<AgentRecord, AgentRefusal> {
  if (agent.work.state !== 'idle') return err({ code: 'in_call' })
  const device = { ...agent.device, proven: false, since: at, address: null }
  return ok({ ...agent, session: null, device, status: { ...agent.status, next: null } })
}

function chooseStatus(agent: AgentRecord, { at, chosen }: { at: number; chosen: ChosenStatus }): AgentRecord {
  if (agent.work.state !== 'idle') return { ...agent, status: { ...agent.status, next: chosen } }
  return { ...agent, status: { chosen, since: at, next: null } }
}

function stepWork(agent: AgentRecord, change: Extract<AgentChange, { type: WorkEvent['type'] }>) {
  const work = agentWork.step(agent.work, change)
  if (!work.ok) return work
  const stepped: AgentRecord = { ...agent, work: work.value }
  switch (change.type) {
    case 'answered':
      return ok({
        ...stepped,
        callsToday: agent.callsToday + 1,
        shift: { ...agent.shift, calls: agent.shift.calls + 1 },
      })
    case 'call_ended':
      return ok(backToIdle({ ...stepped, lastCallEndedAt: change.at }, change.at, null))
    case 'wrap_up_ended':
      return ok(backToIdle(stepped, change.at, change.status))
    case 'offer_ended': {
      const availableSince = change.keepPlace ? agent.availableSince : change.at
      return ok(backToIdle({ ...stepped, availableSince }, change.at, change.status))
    }
    default:
      return ok(stepped)
  }
}

/** Work is over: the given status, or the one chosen for afterwards, takes effect. */
function backToIdle(agent: AgentRecord, at: number, given: ChosenStatus | null): AgentRecord {
  if (agent.work.state !== 'idle') return agent
  const chosen = given ?? agent.status.next
  return chosen ? { ...agent, status: { chosen, since: at, next: null } } : agent
}

/** `availableSince` is set while the agent is routable or rings: an offer does not cost him his place. */
function withAvailability(agent: AgentRecord, at: number): AgentRecord {
  const { work } = agent
  const idle = work.state === 'ringing' ? { ...agent, work: { state: 'idle' as const, since: work.since } } : agent
  return { ...agent, availableSince: isRoutable(idle) ? (agent.availableSince ?? at) : null }
}

/** Counts the time at work: from choosing Available, or from the beginning of work, to the break or the end of the shift. */
function withAttendance(agent: AgentRecord, at: number): AgentRecord {
  const { session, status, work, shift } = agent
  const atWork = session !== null && (status.chosen.status === 'available' || work.state !== 'idle')
  if (atWork === (shift.atWorkSince !== null)) return agent
  if (shift.atWorkSince === null) return { ...agent, shift: { ...shift, atWorkSince: at } }
  const atWorkMs = shift.atWorkMs + Math.max(0, at - shift.atWorkSince)
  return { ...agent, shift: { ...shift, atWorkMs, atWorkSince: null } }
}
