import type { Handler } from '../handler.ts'

/** Records a leg no more. */
export const recordingLeave: Handler<'recording.leave'> = ({ recordingId, legId }, { switchboard }) => {
  switchboard.recording(recordingId).forget(switchboard.party(legId, 'legId'))
  return {}
}
