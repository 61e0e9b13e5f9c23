import { step } from '@ringdown/ivr'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'

/** The flow no longer runs, whatever it was waiting for. */
export function stopFlow(ctx: CallContext, call: LiveCall): void {
  if (call.ivr.wait) clearTimeout(call.ivr.wait)
  call.ivr.wait = null
  call.ivr.state = step(call.ivr.flow, call.ivr.state, { type: 'hung_up', at: ctx.clock() }).state
}
