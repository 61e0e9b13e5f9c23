import type { JobData, JobName } from '@ringdown/core/contract'
import type { BusMessage } from '@ringdown/core/events'

export type JobToAdd = { [K in JobName]: { name: K; id: string; data: JobData<K> } }[JobName]

/** Which slow work a fact asks for. Job ids carry the event's id: a message relayed twice makes one job. */
export function jobsOf(message: BusMessage): JobToAdd[] {
  if (message.kind !== 'contact') return []
  const { event } = message
  const { contactId, eventId } = event
  switch (event.type) {
    case 'segment_started':
    case 'wrap_up_ended':
    case 'contact_ended':
      return [{ name: 'ticket-from-call', id: `ticket-${eventId}`, data: { contactId } }]
    case 'caller_matched':
      // What the IVR found is known before there is a draft.
      if (event.by !== 'agent') return []
      return [{ name: 'ticket-from-call', id: `ticket-${eventId}`, data: { contactId } }]
    case 'survey_answered':
    case 'ticket_linked':
      return [{ name: 'survey-bookkeeping', id: `survey-${eventId}`, data: { event } }]
    case 'recording_ended':
      return event.failed
        ? []
        : [{ name: 'finalise-recording', id: `recording-${eventId}`, data: { recordingId: event.recordingId } }]
    default:
      return []
  }
}
