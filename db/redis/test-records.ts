import { randomUUID } from 'node:crypto'
import type { LiveOffer, WaitingEntry } from '@ringdown/core/acd'
import type { AgentRecord } from '@ringdown/core/agent'
import type { ContactId, OfferId, QueueEntryId, QueueId, UserId } from '@ringdown/core/kernel'

export const newId = <T extends string>(): T => randomUUID() as T

/** An agent who has been available since `at`, unsaved. */
export const availableAgent = (queues: QueueId[], at = 1_000): AgentRecord => ({
  agentId: newId<UserId>(),
  version: 0,
  session: { signedInAt: at, seenAt: at },
  device: { kind: 'webrtc', proven: true, since: at, address: 'leg-1' },
  status: { chosen: { status: 'available' }, since: at, next: null },
  work: { state: 'idle', since: at },
  queues,
  skills: {},
  availableSince: at,
  callsToday: 0,
  lastCallEndedAt: null,
  shift: { calls: 0, atWorkMs: 0, atWorkSince: at },
})

export const waitingEntry = (queueId: QueueId, arrivedAt: number, more: Partial<WaitingEntry> = {}): WaitingEntry => ({
  entryId: newId<QueueEntryId>(),
  contactId: newId<ContactId>(),
  queueId,
  gatewayId: 'gateway-1',
  arrivedAt,
  priority: 0,
  offers: 0,
  ...more,
})

export const offerOf = (entry: WaitingEntry, agent: { agentId: UserId }, at: number): LiveOffer => ({
  offerId: newId<OfferId>(),
  entryId: entry.entryId,
  contactId: entry.contactId,
  queueId: entry.queueId,
  agentId: agent.agentId,
  gatewayId: entry.gatewayId,
  offeredAt: at,
  expiresAt: at + 15_000,
})
