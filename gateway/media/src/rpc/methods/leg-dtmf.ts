import { MediaError } from '../../protocol/errors.ts'
import type { Handler } from '../handler.ts'

/** Long enough for every receiver, short enough to type a number. */
const DEFAULT_DURATION_MS = 160

/** Sends keys out of a leg as RFC 4733 events. */
export const legDtmf: Handler<'leg.dtmf'> = ({ legId, digits, durationMs }, { switchboard }) => {
  const { output } = switchboard.leg(legId)
  if (output.format?.telephoneEvent === undefined) {
    throw new MediaError('no_telephone_event', `the other side of leg ${legId} takes no telephone events`, 'legId')
  }
  return { durationMs: output.sendKeys(digits, durationMs ?? DEFAULT_DURATION_MS) }
}
