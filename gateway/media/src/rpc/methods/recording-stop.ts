import type { Handler } from '../handler.ts'

/** Ends a recording; the answer comes when the file is complete. */
export const recordingStop: Handler<'recording.stop'> = ({ recordingId }, { switchboard }) => {
  return switchboard.finishRecording(switchboard.recording(recordingId))
}
