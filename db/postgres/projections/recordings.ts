import type { ContactEvent } from '@ringdown/core/events'
import type { Recording } from '../tables/recordings.ts'
import { changeRow } from './change-row.ts'

export function foldRecordings(recordings: readonly Recording[], event: ContactEvent): readonly Recording[] {
  switch (event.type) {
    case 'recording_started': {
      const { recordingId: id, contactId, segmentId, path, at: startedAt } = event
      const recording = { id, contactId, segmentId, path, startedAt }
      return [...recordings, { ...recording, endedAt: null, durationMs: 0, bytes: 0, sha256: null, failed: false }]
    }
    case 'recording_ended':
      return changeRow(recordings, event.recordingId, event, (recording) => ({
        ...recording,
        endedAt: event.at,
        durationMs: event.durationMs,
        bytes: event.bytes,
        sha256: event.sha256 || null,
        failed: event.failed,
      }))
    default:
      return recordings
  }
}
