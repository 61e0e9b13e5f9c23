import type { AgentRecord, ChosenStatus } from '@ringdown/core/agent'
import type { AgentEvent, ContactEventOf } from '@ringdown/core/events'
import { err, ok, type Result, type SegmentId, type UserId } from '@ringdown/core/kernel'
import type { Deadlines } from '../acd/deadlines.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { byAgent, bySystem, type Changed, type ChangeParts, changeAgent } from './change-agent.ts'

export type WrapUpParts = ChangeParts & { ledger: Pick<Ledger, 'record'>; deadlines: Deadlines<UserId> }

/**
 * The agent's part in a call is over: wrap-up begins and has a deadline; with `wrapUpMs` 0 he is idle at once.
 * @returns the agent afterwards, or null if he was in no call. `wrap_up_started` is the caller's to record.
 */
export async function endCall(parts: WrapUpParts, agentId: UserId, wrapUpMs: number): Promise<AgentRecord | null> {
  const done = await changeAgent(parts, agentId, bySystem, ({ work }) =>
    work.state === 'talking' || work.state === 'held' ? { type: 'call_ended', at: parts.clock(), wrapUpMs } : null,
  )
  if (!done.ok || !done.value.changed) return null
  const { after } = done.value
  if (after.work.state === 'wrap_up') parts.deadlines.set(agentId, after.work.endsAt)
  return after
}

export type WrapUpEnd = {
  agentId: UserId
  segmentId: SegmentId
  disposition: string | null
  by: ContactEventOf<'wrap_up_ended'>['by']
  /** Counts instead of the status chosen for afterwards. */
  status: ChosenStatus | null
}

/** Ends wrap-up once, with `wrap_up_ended` in the ledger. Refused when it is over. */
export async function endWrapUp(
  parts: WrapUpParts,
  end: WrapUpEnd,
): Promise<Result<AgentRecord, { code: 'wrap_up_ended' }>> {
  const { agentId, segmentId, disposition, by, status } = end
  const at = parts.clock()
  const done = await changeAgent(parts, agentId, partyOf(end), (agent) =>
    isWrappingUp(agent, segmentId) ? { type: 'wrap_up_ended', at, status } : null,
  )
  if (!done.ok || !done.value.changed) return err({ code: 'wrap_up_ended' })
  parts.deadlines.clear(agentId)
  const { work } = done.value.before
  if (work.state === 'wrap_up')
    parts.ledger.record(work.contactId, 'wrap_up_ended', at, { segmentId, agentId, disposition, by })
  return ok(done.value.after)
}

/** More time for wrap-up. Refused when it is over. */
export async function extendWrapUp(
  parts: WrapUpParts,
  { agentId, segmentId, byMs }: { agentId: UserId; segmentId: SegmentId; byMs: number },
): Promise<Result<AgentRecord, { code: 'wrap_up_ended' }>> {
  const done = await changeAgent(parts, agentId, byAgent(agentId), ({ work }) =>
    work.state === 'wrap_up' && work.segmentId === segmentId
      ? { type: 'wrap_up_extended', at: parts.clock(), endsAt: work.endsAt + byMs }
      : null,
  )
  if (!done.ok || !done.value.changed) return err({ code: 'wrap_up_ended' })
  const { after } = done.value
  if (after.work.state === 'wrap_up') parts.deadlines.set(agentId, after.work.endsAt)
  return ok(after)
}

/** Wrap-up time may be over: ends it, or waits for the deadline that was moved meanwhile. */
export async function expireWrapUp(parts: WrapUpParts, agent: AgentRecord | undefined): Promise<void> {
  if (agent?.work.state !== 'wrap_up') return
  const { agentId, work } = agent
  if (work.endsAt > parts.clock()) return parts.deadlines.set(agentId, work.endsAt)
  await endWrapUp(parts, { agentId, segmentId: work.segmentId, disposition: null, by: 'timer', status: null })
}

/** On hold, or back. Nothing happens to an agent who is not in that state. */
export const holdOrResume = (
  parts: ChangeParts,
  agentId: UserId,
  type: 'held' | 'resumed',
): Promise<Result<Changed, unknown>> =>
  changeAgent(parts, agentId, byAgent(agentId), ({ work }) =>
    work.state === (type === 'held' ? 'talking' : 'held') ? { type, at: parts.clock() } : null,
  )

const isWrappingUp = ({ work }: AgentRecord, segmentId: SegmentId): boolean =>
  work.state === 'wrap_up' && work.segmentId === segmentId

function partyOf({ agentId, by }: WrapUpEnd): AgentEvent['by'] {
  if (by === 'agent') return byAgent(agentId)
  return { party: by === 'supervisor' ? 'supervisor' : 'system', userId: null }
}
