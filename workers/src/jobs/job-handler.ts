import type { JobData, JobName } from '@ringdown/core/contract'
import type { Sql } from '@ringdown/db/postgres'
import type { RecordingKeys } from '@ringdown/db/recordings'
import type { Logger } from 'pino'

/** What a handler works with. It reads the world again before it acts, so running twice is dull. */
export type Workshop = {
  sql: Sql
  recordingDir: string
  recordingKeys: RecordingKeys
  log: Logger
  clock: () => number
}

export type JobHandler<K extends JobName> = (data: JobData<K>, workshop: Workshop) => Promise<void>
