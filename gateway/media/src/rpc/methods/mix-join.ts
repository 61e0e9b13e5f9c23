import type { Handler } from '../handler.ts'
import { roleOf } from './role-of.ts'

/** Takes a leg into a mix. */
export const mixJoin: Handler<'mix.join'> = async (params, { switchboard }) => {
  const mix = switchboard.mix(params.mixId)
  await mix.add(switchboard.party(params.legId, 'legId'), roleOf(params), 'legId')
  return {}
}
