import type { ContactEvent } from '@ringdown/core/events'
import type { Segment } from '../tables/segments.ts'
import { changeRow } from './change-row.ts'

export function foldSegments(segments: readonly Segment[], event: ContactEvent): readonly Segment[] {
  switch (event.type) {
    case 'segment_started': {
      const { segmentId: id, contactId, agentId, queueId, entryId, at: startedAt } = event
      return [...segments, { ...unended, id, contactId, agentId, queueId, entryId, startedAt }]
    }
    case 'segment_held':
      return changeRow(segments, event.segmentId, event, (segment) => ({
        ...segment,
        heldAt: segment.heldAt ?? event.at,
      }))
    case 'segment_resumed':
      return changeRow(segments, event.segmentId, event, (segment) => resume(segment, event.at))
    case 'contact_transferred':
      return changeRow(segments, event.segmentId, event, (segment) => ({ ...segment, transferredTo: event.to }))
    case 'segment_ended':
      return changeRow(segments, event.segmentId, event, (segment) => ({
        ...resume(segment, event.at),
        endedAt: event.at,
        endedBy: event.by,
        reason: event.reason,
      }))
    case 'wrap_up_started':
      return changeRow(segments, event.segmentId, event, (segment) => ({ ...segment, wrapUpStartedAt: event.at }))
    case 'wrap_up_ended':
      return changeRow(segments, event.segmentId, event, (segment) => ({
        ...segment,
        wrapUpEndedAt: event.at,
        wrapUpEndedBy: event.by,
        disposition: event.disposition,
      }))
    case 'ticket_linked': {
      const { segmentId, category } = event
      if (!segmentId || !category) return segments
      return changeRow(segments, segmentId, event, (segment) => ({ ...segment, category }))
    }
    default:
      return segments
  }
}

const unended = {
  endedAt: null,
  heldAt: null,
  heldMs: 0,
  endedBy: null,
  reason: null,
  transferredTo: null,
  wrapUpStartedAt: null,
  wrapUpEndedAt: null,
  wrapUpEndedBy: null,
  disposition: null,
  category: null,
} as const

function resume(segment: Segment, at: number): Segment {
  if (segment.heldAt === null) return segment
  return { ...segment, heldAt: null, heldMs: segment.heldMs + at - segment.heldAt }
}
