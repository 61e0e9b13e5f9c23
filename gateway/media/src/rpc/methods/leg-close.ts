import type { Handler } from '../handler.ts'

/** Closes a leg, its bridge, and its side of recordings. */
export const legClose: Handler<'leg.close'> = async ({ legId }, { switchboard }) => {
  await switchboard.closeLeg(switchboard.leg(legId), 'requested')
  return {}
}
