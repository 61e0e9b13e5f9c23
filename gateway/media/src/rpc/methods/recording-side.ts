import type { Handler } from '../handler.ts'

/** Swaps the leg of one side, or leaves it silent. */
export const recordingSide: Handler<'recording.side'> = ({ recordingId, side, legId }, { switchboard }) => {
  const leg = legId === null ? null : switchboard.party(legId, 'legId')
  switchboard.recording(recordingId).side(side, leg)
  return {}
}
