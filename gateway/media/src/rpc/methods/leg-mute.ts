import type { Handler } from '../handler.ts'

/** Mutes what a leg sends in; bridge and recording hear silence. */
export const legMute: Handler<'leg.mute'> = ({ legId, muted }, { switchboard }) => {
  switchboard.leg(legId).input.muted = muted
  return {}
}
