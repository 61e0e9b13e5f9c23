import type { Termination } from '@ringdown/core/contact'
import { err, type OfferId, type UserId } from '@ringdown/core/kernel'
import { offerOutcomeOf } from '../sip/classify-failure.ts'
import type { SipLeg, SipLegEvents } from '../sip/sip-leg.ts'
import { answerCall } from './answer-call.ts'
import type { CallContext } from './context.ts'
import { agentHungUp } from './hang-up.ts'
import type { LiveCall } from './live-call.ts'
import { sendDtmf } from './send-dtmf.ts'
import { stopRinging } from './stop-ringing.ts'

/** Rings the agent's registered phone. How it ends decides the offer: answered, rejected, not answered, unreachable. */
export async function ringPhone(ctx: CallContext, call: LiveCall, offerId: OfferId, agentId: UserId): Promise<void> {
  const binding = await ctx.phones.binding(agentId)
  const leg = binding && (await ctx.audio.openLeg(null, call.legId))
  if (!binding || !leg?.ok) {
    endOfferSoon(ctx, offerId, 'device_failed', ctx.audio.connected ? null : agentId)
    return
  }
  const { legId, sdp } = leg.value
  const { number, name } = call.contact.caller
  const dial = { uri: binding.contact, via: binding.via, from: { number, name }, offer: sdp }
  const dialling = ctx.phones.dial(dial, phoneEvents(ctx, call, agentId, legId))
  call.ringing = { offerId, dialling, legId }
  dialling.answered
    .then((answered) =>
      call.run(async () => {
        if (answered.ok) return phoneAnswered(ctx, call, offerId, agentId, answered.value, legId)
        if (call.ringing?.offerId !== offerId) return
        stopRinging(ctx, call)
        const { party } = answered.error
        endOfferSoon(ctx, offerId, offerOutcomeOf(answered.error), party === 'system' ? agentId : null)
      }),
    )
    .catch((error: unknown) => ctx.log.error({ err: error, agentId }, "an agent's phone could not be handled"))
}

async function phoneAnswered(
  ctx: CallContext,
  call: LiveCall,
  offerId: OfferId,
  agentId: UserId,
  phone: SipLeg,
  legId: string,
): Promise<void> {
  const current = call.ringing?.offerId === offerId
  if (current) call.ringing = null
  const heard = current ? await ctx.audio.acceptAnswer(legId, phone.remoteSdp) : null
  const answered = heard?.ok ? await answerCall(ctx, call, offerId, agentId, { legId, phone }) : null
  if (answered?.ok) return
  phone.hangUp(notTaken)
  await ctx.audio.closeLeg(legId)
  if (heard && !heard.ok) endOfferSoon(ctx, offerId, 'device_failed')
}

/** The phone answered when the offer was over, or with audio we cannot take. */
const notTaken: Termination = { party: 'system', reason: 'cancelled' }

/** What the agent's phone says once it has answered. */
function phoneEvents(ctx: CallContext, call: LiveCall, agentId: UserId, legId: string): SipLegEvents {
  return {
    // A phone is not waited for: the caller would wait with it.
    silentMs: 0,
    heardAt: () => ctx.audio.heardAt(legId),
    ended: (termination) => {
      call
        .run(() => agentHungUp(ctx, call, agentId, termination))
        .catch((error: unknown) => ctx.log.error({ err: error, agentId }, 'the end of an agent leg was not handled'))
    },
    offered: (sdp) =>
      call.agent?.legId === legId ? ctx.audio.renegotiate(legId, sdp) : Promise.resolve(err({ status: 481 })),
    answered: () => undefined,
    digit: (digit) => {
      sendDtmf(ctx, call, digit).catch((error: unknown) =>
        ctx.log.warn({ err: error, agentId }, 'a key could not be passed on'),
      )
    },
  }
}

/**
 * Outside the call's mailbox: ending an offer comes back as a fact to this very call.
 * @param forsaken the agent, when it is our fault that his phone could not be rung
 */
function endOfferSoon(
  ctx: CallContext,
  offerId: OfferId,
  outcome: 'rejected' | 'expired' | 'device_failed',
  forsaken: UserId | null = null,
): void {
  ctx.acd
    .endOffer(offerId, outcome, ctx.clock())
    .then(() => forsaken !== null && ctx.phones.forsaken.add(forsaken))
    .catch((error: unknown) => ctx.log.error({ err: error, offerId }, 'an offer could not be ended'))
}
