import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'

/** The agent's phone no longer rings: CANCEL, and its leg is closed. */
export function stopRinging(ctx: CallContext, call: LiveCall): void {
  const { ringing } = call
  if (!ringing) return
  call.ringing = null
  ringing.dialling.cancel()
  ctx.audio
    .closeLeg(ringing.legId)
    .catch((error: unknown) => ctx.log.warn({ err: error }, 'the leg of a phone that rang could not be closed'))
}
