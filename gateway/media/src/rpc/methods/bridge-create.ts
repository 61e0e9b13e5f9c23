import type { Handler } from '../handler.ts'

/** Lets two legs hear each other. */
export const bridgeCreate: Handler<'bridge.create'> = ({ legs, relayDtmf }, { switchboard }, owner) => {
  const pair = [switchboard.leg(legs[0], 'legs.0'), switchboard.leg(legs[1], 'legs.1')] as const
  return { bridgeId: switchboard.createBridge(pair, relayDtmf ?? true, owner).id }
}
