import type { Handler } from '../handler.ts'

/** Lets any number of legs hear each other. */
export const mixCreate: Handler<'mix.create'> = async ({ legs, relayDtmf }, { switchboard }, owner) => {
  const parties = legs.map((legId, i) => switchboard.party(legId, `legs.${i}`))
  const mix = await switchboard.createMix(parties, relayDtmf ?? true, owner)
  return { mixId: mix.id }
}
