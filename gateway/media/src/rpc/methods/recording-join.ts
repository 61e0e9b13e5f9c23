import type { Handler } from '../handler.ts'

/** Records one more leg on a side: the third of a conference, or a coach when that is wanted. */
export const recordingJoin: Handler<'recording.join'> = ({ recordingId, side, legId }, { switchboard }) => {
  switchboard.recording(recordingId).add(side, switchboard.party(legId, 'legId'))
  return {}
}
