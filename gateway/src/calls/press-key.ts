import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { tellFlow } from './run-ivr.ts'

/** The caller pressed a key. While he talks to an agent nobody listens to keys. */
export async function pressKey(ctx: CallContext, call: LiveCall, digit: string): Promise<void> {
  await tellFlow(ctx, call, { type: 'digit', digit, at: ctx.clock() })
}
