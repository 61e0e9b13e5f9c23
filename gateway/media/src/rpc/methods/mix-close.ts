import type { Handler } from '../handler.ts'

/** Parts all legs of a mix; they stay. */
export const mixClose: Handler<'mix.close'> = async ({ mixId }, { switchboard }) => {
  await switchboard.closeMix(mixId)
  return {}
}
