import type { Handler } from '../handler.ts'

/** Parts two legs; both stay. */
export const bridgeClose: Handler<'bridge.close'> = async ({ bridgeId }, { switchboard }) => {
  await switchboard.closeMix(bridgeId, 'bridgeId')
  return {}
}
