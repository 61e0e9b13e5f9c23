import type { Handler } from '../handler.ts'

/** Lets two legs hear each other: a mix of two, whose id can also be named as a mix. */
export const bridgeCreate: Handler<'bridge.create'> = async ({ legs, relayDtmf }, { switchboard }, owner) => {
  const pair = legs.map((legId, i) => switchboard.party(legId, `legs.${i}`))
  const mix = await switchboard.createMix(pair, relayDtmf ?? true, owner)
  return { bridgeId: mix.id }
}
