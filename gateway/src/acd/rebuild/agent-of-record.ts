import { type AgentRecord, type AgentWork, type ChosenStatus, NotReadyReason, newAgent } from '@ringdown/core/agent'
import type { AgentOfRecord } from '@ringdown/db/postgres'
import type { Routing } from '../../agents/sign-in.ts'

/**
 * The live record of an agent as far as the record tells it. His device must prove itself again; an offer he had is gone;
 * of his shift the calls and the time are taken as of the whole day.
 */
export function agentOfRecord(known: AgentOfRecord, routing: Routing, now: number): AgentRecord {
  const { agentId, signedInAt, shown, shownSince } = known
  const work = workOf(known)
  const chosen = chosenOf(shown)
  const atWork = chosen.status === 'available' || work.state !== 'idle'
  return {
    ...newAgent(agentId, now),
    session: { signedInAt, seenAt: now },
    device: { kind: known.device ?? 'webrtc', proven: false, since: now, address: null },
    status: { chosen, since: shownSince, next: null },
    work,
    ...routing,
    shift: { calls: routing.callsToday, atWorkMs: Math.max(0, now - signedInAt), atWorkSince: atWork ? now : null },
  }
}

function chosenOf(shown: string): ChosenStatus {
  const reason = NotReadyReason.safeParse(shown)
  return reason.success ? { status: 'not_ready', reason: reason.data } : { status: 'available' }
}

function workOf({ segment, shownSince }: AgentOfRecord): AgentWork {
  if (!segment) return { state: 'idle', since: shownSince }
  const { segmentId, contactId, queueId, startedAt, heldAt, wrapUpStartedAt, wrapUpEndsAt } = segment
  const call = { segmentId, contactId, queueId }
  if (wrapUpStartedAt !== null)
    return { state: 'wrap_up', since: wrapUpStartedAt, endsAt: wrapUpEndsAt ?? wrapUpStartedAt, ...call }
  return heldAt === null ? { state: 'talking', since: startedAt, ...call } : { state: 'held', since: heldAt, ...call }
}
