import { MediaError } from '../../protocol/errors.ts'
import type { Handler } from '../handler.ts'

/** Long enough for every receiver, short enough to type a number. */
const DEFAULT_DURATION_MS = 160

/** Sends keys out of a leg as RFC 4733 events, or as tones when the leg may have them in its audio. */
export const legDtmf: Handler<'leg.dtmf'> = ({ legId, digits, durationMs = DEFAULT_DURATION_MS }, { switchboard }) => {
  const leg = switchboard.leg(legId)
  if (leg.output.format?.telephoneEvent) return { durationMs: leg.output.sendKeys(digits, durationMs) }
  if (leg.inbandKeys) return { durationMs: leg.playKeys(digits, durationMs) }
  throw new MediaError('no_telephone_event', `the other side of leg ${legId} takes no telephone events`, 'legId')
}
