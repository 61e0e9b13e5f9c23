import type { Handler } from '../handler.ts'
import { rtpLeg } from './rtp-leg.ts'

/** Completes our offer. */
export const legAccept: Handler<'leg.accept'> = ({ legId, answer }, context) => {
  rtpLeg(context, legId).accept(answer)
  return {}
}
