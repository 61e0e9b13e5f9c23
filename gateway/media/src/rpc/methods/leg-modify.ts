import type { Handler } from '../handler.ts'
import { rtpLeg } from './rtp-leg.ts'

/** A re-INVITE from the other side (with offer), or one of ours (without). */
export const legModify: Handler<'leg.modify'> = ({ legId, offer, hold }, context) => {
  const leg = rtpLeg(context, legId)
  return { sdp: offer === undefined ? leg.offer(hold) : leg.answer(offer, hold) }
}
