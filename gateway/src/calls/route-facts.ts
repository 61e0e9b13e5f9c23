import type { OfferEvent } from '@ringdown/core/events'
import type { UserId } from '@ringdown/core/kernel'
import { agentLost } from './agent-lost.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { offerCall, offerEnded } from './offer-call.ts'
import { rebridge } from './rebridge.ts'

/**
 * What other parts and gateways decided about calls held here: offers, which the bus tells ahead of the ledger so that they
 * ring without waiting for the database, and agents with a new headset.
 * @returns ends it
 */
export function routeFacts(ctx: CallContext): () => void {
  const on = (call: LiveCall | undefined, deed: (call: LiveCall) => Promise<void>) => {
    call
      ?.run(() => deed(call))
      .catch((error: unknown) =>
        ctx.log.error({ err: error, contactId: call.contact.contactId }, 'a fact was not heeded'),
      )
  }
  const heed = (event: OfferEvent) => {
    if (event.type === 'offer_made') {
      const { contactId, at, offerId, entryId, agentId, expiresAt } = event
      const offer = { offerId, entryId, agentId, offeredAt: at, expiresAt }
      on(ctx.calls.get(contactId), (call) => offerCall(ctx, call, offer))
    }
    if (event.type === 'offer_ended' && event.outcome !== 'accepted') {
      on(ctx.calls.get(event.contactId), (call) => offerEnded(ctx, call, event.offerId))
    }
  }
  return ctx.bus.subscribe((message) => {
    if (message.kind === 'offer') heed(message.event)
    if (message.kind === 'agent' && message.event.type === 'device_changed') {
      const { agentId } = message.event
      on(ctx.calls.byAgent(agentId), (call) => heedHeadset(ctx, call, agentId))
    }
  })
}

async function heedHeadset(ctx: CallContext, call: LiveCall, agentId: UserId): Promise<void> {
  const { device } = (await ctx.agents.read(agentId)) ?? {}
  if (device?.kind !== 'webrtc') return
  // The headset may be another gateway's: then this is the only news of its loss.
  if (!device.proven || device.address === null) return agentLost(ctx, call, agentId)
  if (device.address !== call.agent?.legId) await rebridge(ctx, call, agentId, device.address)
}
