import { callerLeft } from './caller-left.ts'
import type { CallContext } from './context.ts'

/** Ends what is left when the gateway is told to stop: everybody is rung off and every ledger closed. */
export async function drainCalls(ctx: CallContext): Promise<void> {
  const ending = ctx.calls
    .all()
    .map((call) => call.run(() => callerLeft(ctx, call, { party: 'system', reason: 'gateway_lost' })))
  for (const result of await Promise.allSettled(ending)) {
    if (result.status === 'rejected') ctx.log.error({ err: result.reason }, 'a call could not be ended')
  }
}
