import { type LiveOffer, type WaitingEntry, waitingScore } from '@ringdown/core/acd'
import type { ContactId, OfferId, QueueEntryId, QueueId, UserId } from '@ringdown/core/kernel'
import { type FlatHash, fromFlat, toFlat } from './fields.ts'

const REFUSED = 'refused:'

/** Arguments of the script `enqueue`: the score, then the fields of the entry's hash. */
export const toEntryFields = (entry: WaitingEntry): string[] => [
  String(waitingScore(entry)),
  ...toFlat({
    entryId: entry.entryId,
    contactId: entry.contactId,
    queueId: entry.queueId,
    gatewayId: entry.gatewayId,
    arrivedAt: entry.arrivedAt,
    priority: entry.priority,
    offers: entry.offers,
    forAgentId: entry.forAgentId,
    preferredId: entry.preferred?.agentId,
    preferredUntil: entry.preferred?.until,
  }),
]

/** What the scripts alone write and read again, so it is trusted and not parsed. */
export function toEntry(flat: FlatHash): WaitingEntry {
  const f = fromFlat(flat)!
  const refusals = Object.entries(f)
    .filter(([field]) => field.startsWith(REFUSED))
    .map(([field, at]) => [field.slice(REFUSED.length), Number(at)])
  return {
    entryId: f.entryId as QueueEntryId,
    contactId: f.contactId as ContactId,
    queueId: f.queueId as QueueId,
    gatewayId: f.gatewayId!,
    arrivedAt: Number(f.arrivedAt),
    priority: Number(f.priority),
    offers: Number(f.offers),
    ...(f.forAgentId === undefined ? {} : { forAgentId: f.forAgentId as UserId }),
    ...(f.preferredId === undefined
      ? {}
      : { preferred: { agentId: f.preferredId as UserId, until: Number(f.preferredUntil) } }),
    ...(refusals.length === 0 ? {} : { refusals: Object.fromEntries(refusals) as Record<UserId, number> }),
  }
}

export function toOffer(flat: FlatHash): LiveOffer {
  const f = fromFlat(flat)!
  return {
    offerId: f.offerId as OfferId,
    entryId: f.entryId as QueueEntryId,
    contactId: f.contactId as ContactId,
    queueId: f.queueId as QueueId,
    agentId: f.agentId as UserId,
    gatewayId: f.gatewayId!,
    offeredAt: Number(f.offeredAt),
    expiresAt: Number(f.expiresAt),
  }
}
