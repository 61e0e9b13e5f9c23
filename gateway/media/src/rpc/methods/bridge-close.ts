import type { Handler } from '../handler.ts'

/** Parts two legs; both stay. */
export const bridgeClose: Handler<'bridge.close'> = ({ bridgeId }, { switchboard }) => {
  switchboard.closeBridge(bridgeId)
  return {}
}
