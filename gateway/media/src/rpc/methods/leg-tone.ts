import { ToneSource } from '../../sources/tone.ts'
import type { Handler } from '../handler.ts'

/** Plays a tone to a leg, until `leg.stop` or a bridge. */
export const legTone: Handler<'leg.tone'> = ({ legId, tone }, { switchboard }) => {
  return { playId: switchboard.leg(legId).play(new ToneSource(tone), false) }
}
