import type { Handler } from '../handler.ts'

/** Writes silence until resumed; the reason becomes a mark. */
export const recordingPause: Handler<'recording.pause'> = ({ recordingId, reason }, { switchboard }) => {
  switchboard.recording(recordingId).pause(reason)
  return {}
}
