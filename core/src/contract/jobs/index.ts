import { z } from 'zod'
import { ContactEvent } from '../../events.ts'
import { ContactId, RecordingId } from '../../kernel/index.ts'

/** Jobs that the outbox relay makes from events; the job's id is the event's id, so running twice is dull. */
export const jobs = {
  /** Draft a ticket from an answered call, once its first segment ends. */
  'ticket-from-call': z.object({ contactId: ContactId }),
  /** Join a survey to segment, agent, queue and ticket, and keep its scores. */
  'survey-bookkeeping': z.object({ event: ContactEvent }),
  /** Hash, duration and peaks of a finished recording. */
  'finalise-recording': z.object({ recordingId: RecordingId }),
} as const satisfies Record<string, z.ZodType>
export type Jobs = typeof jobs
export type JobName = keyof Jobs
export type JobData<K extends JobName> = z.infer<Jobs[K]>
