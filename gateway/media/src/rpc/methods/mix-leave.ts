import type { Handler } from '../handler.ts'

/** Lets a leg go; the mix ends with the last but one. */
export const mixLeave: Handler<'mix.leave'> = async ({ mixId, legId }, { switchboard }) => {
  return { ended: await switchboard.leaveMix(mixId, legId) }
}
