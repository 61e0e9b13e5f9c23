import type { LiveOffer } from '@ringdown/core/acd'
import { changeContact, move } from './change-contact.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { requeueTransfer } from './requeue-transfer.ts'
import { ringPhone } from './ring-phone.ts'
import { stopRinging } from './stop-ringing.ts'

type Offered = Pick<LiveOffer, 'offerId' | 'entryId' | 'agentId' | 'offeredAt' | 'expiresAt'>

/** An agent is offered this call: his page pops up by what is shared here; a SIP phone is rung as well. */
export async function offerCall(ctx: CallContext, call: LiveCall, offer: Offered): Promise<void> {
  const { offerId, entryId, agentId, offeredAt, expiresAt } = offer
  if (call.stay?.entryId !== entryId || !move(ctx, call, { type: 'offered', offerId, agentId })) return
  await changeContact(ctx, call, { offer: { offerId, agentId, offeredAt, expiresAt } })
  const agent = await ctx.agents.read(agentId)
  if (agent?.device.kind === 'sip') await ringPhone(ctx, call, offerId, agentId)
}

/** The offer ended unaccepted: the caller waits on, at his old place; what rang stops. */
export async function offerEnded(ctx: CallContext, call: LiveCall, offerId: LiveOffer['offerId']): Promise<void> {
  if (call.contact.offer?.offerId !== offerId || !move(ctx, call, { type: 'offer_ended' })) return
  stopRinging(ctx, call)
  await changeContact(ctx, call, { offer: null })
  if (call.stay?.forAgentId) await requeueTransfer(ctx, call)
}
