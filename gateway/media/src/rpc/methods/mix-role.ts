import type { Handler } from '../handler.ts'
import { roleOf } from './role-of.ts'

/** Changes what a leg does in a mix. */
export const mixRole: Handler<'mix.role'> = (params, { switchboard }) => {
  switchboard.mix(params.mixId).assign(params.legId, roleOf(params))
  return {}
}
