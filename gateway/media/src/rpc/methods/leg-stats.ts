import type { Handler } from '../handler.ts'

/** The figures of a leg now. */
export const legStats: Handler<'leg.stats'> = ({ legId }, { switchboard }) => switchboard.leg(legId).stats()
