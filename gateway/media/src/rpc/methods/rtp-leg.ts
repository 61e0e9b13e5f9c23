import { RtpLeg } from '../../legs/rtp-leg.ts'
import { MediaError } from '../../protocol/errors.ts'
import type { PlaceContext } from '../handler.ts'

/** The RTP leg of an id. Throws MediaError `leg_not_found` or `wrong_leg_kind`. */
export function rtpLeg({ switchboard }: PlaceContext, id: string): RtpLeg {
  const leg = switchboard.leg(id)
  if (leg instanceof RtpLeg) return leg
  throw new MediaError('wrong_leg_kind', `leg ${id} is not an RTP leg`, 'legId')
}
