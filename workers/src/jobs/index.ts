import type { JobName } from '@ringdown/core/contract'
import { finaliseRecording } from './finalise-recording/handler.ts'
import type { JobHandler } from './job-handler.ts'
import { surveyBookkeeping } from './survey-bookkeeping/handler.ts'
import { ticketFromCall } from './ticket-from-call/handler.ts'

/** One handler per job of the contract; a missing one does not compile. */
export const handlers = {
  'ticket-from-call': ticketFromCall,
  'survey-bookkeeping': surveyBookkeeping,
  'finalise-recording': finaliseRecording,
} satisfies { [K in JobName]: JobHandler<K> }
