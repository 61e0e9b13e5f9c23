import type { Handler } from '../handler.ts'

/** Records again after a pause. */
export const recordingResume: Handler<'recording.resume'> = ({ recordingId, reason }, { switchboard }) => {
  switchboard.recording(recordingId).resume(reason ?? '')
  return {}
}
