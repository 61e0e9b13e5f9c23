import type { Handler } from '../handler.ts'

/** Ends what a leg is played. */
export const legStop: Handler<'leg.stop'> = ({ legId }, { switchboard }) => {
  switchboard.leg(legId).output.stop('stopped')
  return {}
}
