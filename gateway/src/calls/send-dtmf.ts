import { err, ok, type Result } from '@ringdown/core/kernel'
import type { Refusal } from '../commands/handlers.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'

/** Sends keys to the caller's side: by RFC 4733, or by SIP INFO where that is not understood. */
export async function sendDtmf(ctx: CallContext, call: LiveCall, digits: string): Promise<Result<void, Refusal>> {
  if (!call.caller) return err({ code: 'not_in_call', message: 'The caller has hung up.' })
  if (await ctx.audio.sendDigits(call.legId, digits)) return ok(undefined)
  if (await call.caller.sendDigits(digits)) return ok(undefined)
  return err({ code: 'keys_not_taken', message: "The caller's side takes no keys." })
}
