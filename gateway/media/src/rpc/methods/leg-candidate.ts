import type { Leg } from '../../legs/leg.ts'
import type { WebrtcLeg } from '../../legs/webrtc-leg.ts'
import { MediaError } from '../../protocol/errors.ts'
import type { Handler } from '../handler.ts'

/** Adds a trickled ICE candidate of the browser. */
export const legCandidate: Handler<'leg.candidate'> = ({ legId, candidate, mid }, { switchboard }) => {
  const leg = switchboard.leg(legId)
  if (!isWebrtc(leg)) throw new MediaError('wrong_leg_kind', `leg ${legId} is no WebRTC leg`, 'legId')
  leg.addCandidate(candidate, mid)
  return {}
}

/** By its kind: the class itself would bring libdatachannel into every thread. */
function isWebrtc(leg: Leg): leg is WebrtcLeg {
  return leg.kind === 'webrtc'
}
