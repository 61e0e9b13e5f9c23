import type { Handler } from '../handler.ts'

/** Lets two legs hear each other. */
export const bridgeCreate: Handler<'bridge.create'> = async ({ legs, relayDtmf }, { switchboard }, owner) => {
  const pair = [switchboard.leg(legs[0], 'legs.0'), switchboard.party(legs[1], 'legs.1')] as const
  const bridge = await switchboard.createBridge(pair, relayDtmf ?? true, owner)
  return { bridgeId: bridge.id }
}
