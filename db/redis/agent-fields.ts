import { AgentRecord, type AgentWork, type ChosenStatus } from '@ringdown/core/agent'
import { type FlatHash, fromFlat, optionalNumber, toFlat } from './fields.ts'

/** The flat fields of an agent's hash, without `version` and `agentId`, which the scripts write themselves. */
export function toAgentFields(agent: AgentRecord): string[] {
  const { session, device, status, work } = agent
  return toFlat({
    signedInAt: session?.signedInAt,
    seenAt: session?.seenAt,
    deviceKind: device.kind,
    deviceProven: device.proven ? 1 : 0,
    deviceSince: device.since,
    deviceAddress: device.address,
    chosen: status.chosen.status,
    chosenReason: reasonOf(status.chosen),
    chosenSince: status.since,
    nextChosen: status.next?.status,
    nextReason: status.next && reasonOf(status.next),
    ...workFields(work),
    queues: agent.queues.join(','),
    skills: JSON.stringify(agent.skills),
    availableSince: agent.availableSince,
    callsToday: agent.callsToday,
    lastCallEndedAt: agent.lastCallEndedAt,
    shiftCalls: agent.shift.calls,
    atWorkMs: agent.shift.atWorkMs,
    atWorkSince: agent.shift.atWorkSince,
  })
}

/** The record behind a flat hash; undefined when there is none. Throws when the hash is not one of ours. */
export function toAgent(flat: FlatHash): AgentRecord | undefined {
  const f = fromFlat(flat)
  if (!f) return undefined
  return AgentRecord.parse({
    agentId: f.agentId,
    version: Number(f.version),
    session: f.signedInAt ? { signedInAt: Number(f.signedInAt), seenAt: Number(f.seenAt) } : null,
    device: {
      kind: f.deviceKind,
      proven: f.deviceProven === '1',
      since: Number(f.deviceSince),
      address: f.deviceAddress ?? null,
    },
    status: {
      chosen: { status: f.chosen, reason: f.chosenReason },
      since: Number(f.chosenSince),
      next: f.nextChosen ? { status: f.nextChosen, reason: f.nextReason } : null,
    },
    work: {
      state: f.work,
      since: Number(f.workSince),
      contactId: f.workContactId,
      offerId: f.workOfferId,
      segmentId: f.workSegmentId,
      queueId: f.workQueueId ?? null,
      expiresAt: optionalNumber(f.workExpiresAt),
      endsAt: optionalNumber(f.workEndsAt),
    },
    queues: f.queues ? f.queues.split(',') : [],
    skills: JSON.parse(f.skills ?? '{}'),
    availableSince: optionalNumber(f.availableSince),
    callsToday: Number(f.callsToday),
    lastCallEndedAt: optionalNumber(f.lastCallEndedAt),
    shift: {
      calls: Number(f.shiftCalls ?? 0),
      atWorkMs: Number(f.atWorkMs ?? 0),
      atWorkSince: optionalNumber(f.atWorkSince),
    },
  })
}

function workFields(work: AgentWork): Record<string, string | number | null> {
  const fields: Record<string, string | number | null> = { work: work.state, workSince: work.since }
  if (work.state === 'idle') return fields
  fields.workContactId = work.contactId
  fields.workQueueId = work.queueId
  if (work.state === 'ringing') return { ...fields, workOfferId: work.offerId, workExpiresAt: work.expiresAt }
  fields.workSegmentId = work.segmentId
  return work.state === 'wrap_up' ? { ...fields, workEndsAt: work.endsAt } : fields
}

const reasonOf = (chosen: ChosenStatus): string | null => (chosen.status === 'not_ready' ? chosen.reason : null)
