import type { LiveOffer } from '@ringdown/core/acd'
import type { CommandInput } from '@ringdown/core/contract'
import { err, ok, type Result } from '@ringdown/core/kernel'
import { answerCall } from '../calls/answer-call.ts'
import type { CallContext } from '../calls/context.ts'
import type { Actor, CommandHandlers, Refusal } from './handlers.ts'

/** Answering or refusing an offered call, carried out where the call is held. */
export function offerHandlers(ctx: CallContext): Pick<CommandHandlers, 'offer:answer' | 'offer:reject'> {
  return {
    async 'offer:answer'(actor, input) {
      const offer = await offerOf(ctx, actor, input)
      if (!offer.ok) return offer
      const { contactId, gatewayId, offerId, agentId } = offer.value
      if (gatewayId !== ctx.gatewayId) return ctx.bus.ask(gatewayId, 'offer:answer', actor, input)
      const call = ctx.calls.get(contactId)
      if (!call) return err(offerOver)
      const device = (await ctx.agents.read(agentId))?.device
      if (device?.kind === 'sip') {
        return err({ code: 'answer_on_phone', message: 'Your phone rings: answer there.' })
      }
      const legId = device?.address ?? null
      if (!device?.proven || legId === null) {
        return err({
          code: 'no_headset',
          message: 'Your headset is not connected. Allow the microphone and try again.',
        })
      }
      const answered = await call.run(() => answerCall(ctx, call, offerId, agentId, { legId, phone: null }))
      return answered.ok ? ok({}) : answered
    },
    async 'offer:reject'(actor, input) {
      const offer = await offerOf(ctx, actor, input)
      if (!offer.ok) return offer
      const ended = await ctx.acd.endOffer(offer.value.offerId, 'rejected', ctx.clock())
      return ended.ok ? ok({}) : err(offerOver)
    },
  }
}

async function offerOf(
  ctx: CallContext,
  { userId }: Actor,
  { offerId }: CommandInput<'offer:answer'>,
): Promise<Result<LiveOffer, Refusal>> {
  const offer = await ctx.acd.readOffer(offerId)
  return offer?.agentId === userId ? ok(offer) : err(offerOver)
}

const offerOver: Refusal = { code: 'offer_ended', message: 'This call is no longer offered to you.' }
