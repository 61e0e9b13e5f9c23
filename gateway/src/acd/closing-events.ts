import { createHash } from 'node:crypto'
import type { ContactEvent } from '@ringdown/core/events'
import { type ContactId, EventId } from '@ringdown/core/kernel'

/**
 * What is missing in the ledger of a contact whose gateway died: an end for its entry, offer, segment, recording and for
 * itself. The ids follow from what they end, so that whoever writes them a second time changes nothing.
 */
export function closingEvents(events: readonly ContactEvent[], at: number): ContactEvent[] {
  const [first] = events
  if (!first || events.some((event) => event.type === 'contact_ended')) return []
  const { contactId } = first
  const open = openThings(events)
  const common = (type: ContactEvent['type'], key: string) => ({
    eventId: derivedId(contactId, type, key),
    contactId,
    at,
  })
  return [
    ...open.offers.map(
      ({ offerId, entryId, queueId, agentId }): ContactEvent => ({
        ...common('offer_ended', offerId),
        type: 'offer_ended',
        ...{ offerId, entryId, queueId, agentId },
        outcome: 'withdrawn',
      }),
    ),
    ...open.entries.map(
      ({ entryId, queueId, at: enteredAt }): ContactEvent => ({
        ...common('queue_entry_ended', entryId),
        type: 'queue_entry_ended',
        ...{ entryId, queueId },
        outcome: 'system_error',
        waitedMs: Math.max(0, at - enteredAt),
        agentId: null,
      }),
    ),
    ...open.recordings.map(
      ({ recordingId, segmentId, at: startedAt }): ContactEvent => ({
        ...common('recording_ended', recordingId),
        type: 'recording_ended',
        ...{ recordingId, segmentId },
        durationMs: Math.max(0, at - startedAt),
        bytes: 0,
        sha256: '',
        failed: true,
      }),
    ),
    ...open.segments.map(
      ({ segmentId, agentId }): ContactEvent => ({
        ...common('segment_ended', segmentId),
        type: 'segment_ended',
        ...{ segmentId, agentId },
        by: 'system',
        reason: 'gateway_lost',
      }),
    ),
    {
      ...common('contact_ended', ''),
      type: 'contact_ended',
      termination: { party: 'system', reason: 'gateway_lost' },
    },
  ]
}

function openThings(events: readonly ContactEvent[]) {
  const ended = new Set<string>()
  for (const event of events) {
    if (event.type === 'queue_entry_ended') ended.add(event.entryId)
    if (event.type === 'offer_ended') ended.add(event.offerId)
    if (event.type === 'segment_ended') ended.add(event.segmentId)
    if (event.type === 'recording_ended') ended.add(event.recordingId)
  }
  return {
    entries: events.filter((e) => e.type === 'queue_entered').filter((e) => !ended.has(e.entryId)),
    offers: events.filter((e) => e.type === 'offer_made').filter((e) => !ended.has(e.offerId)),
    segments: events.filter((e) => e.type === 'segment_started').filter((e) => !ended.has(e.segmentId)),
    recordings: events.filter((e) => e.type === 'recording_started').filter((e) => !ended.has(e.recordingId)),
  }
}

/** A UUID of version 8 (RFC 9562 5.8) that follows from its parts. */
function derivedId(contactId: ContactId, type: string, key: string): EventId {
  const bytes = createHash('sha256').update(`${contactId} ${type} ${key}`).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return EventId.parse(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
  )
}
