import { err } from '@ringdown/core/kernel'
import type { SipLegEvents } from '../sip/sip-leg.ts'
import { callerLeft } from './caller-left.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { pressKey } from './press-key.ts'

/** What the caller's SIP leg says, as deeds on his call. */
export function callerEvents(ctx: CallContext, call: LiveCall): SipLegEvents {
  const { contactId } = call.contact
  const soon = (deed: () => Promise<void>, what: string) => {
    call.run(deed).catch((error: unknown) => ctx.log.error({ err: error, contactId }, what))
  }
  return {
    silentMs: ctx.settings.callerSilentMs,
    heardAt: () => ctx.audio.heardAt(call.legId),
    ended: (termination) =>
      soon(() => callerLeft(ctx, call, termination), 'a caller who hung up could not be seen off'),
    digit: (digit) => soon(() => pressKey(ctx, call, digit), 'a key could not be handled'),
    offered: (sdp) =>
      call.phase.state === 'ended' ? Promise.resolve(err({ status: 481 })) : ctx.audio.renegotiate(call.legId, sdp),
    answered: (sdp) =>
      soon(async () => {
        const accepted = await ctx.audio.acceptAnswer(call.legId, sdp)
        if (accepted.ok) return
        ctx.log.info({ contactId, status: accepted.error.status }, 'the answer to our offer has no codec of ours')
        await callerLeft(ctx, call, { party: 'network', reason: 'no_common_codec' })
      }, 'the answer to our offer could not be taken'),
  }
}
