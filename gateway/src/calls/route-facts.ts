import type { BusMessage } from '@ringdown/core/events'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { offerCall, offerEnded } from './offer-call.ts'
import { rebridge } from './rebridge.ts'

/** What other parts and gateways decided about calls held here: offers, and agents with a new headset. */
export function routeFacts(ctx: CallContext): () => void {
  const on = (call: LiveCall | undefined, deed: (call: LiveCall) => Promise<void>) => {
    call
      ?.run(() => deed(call))
      .catch((error: unknown) =>
        ctx.log.error({ err: error, contactId: call.contact.contactId }, 'a fact was not heeded'),
      )
  }
  return ctx.bus.subscribe((message: BusMessage) => {
    if (message.kind === 'contact' && message.event.type === 'offer_made') {
      const { contactId, at, offerId, entryId, agentId, expiresAt } = message.event
      on(ctx.calls.get(contactId), (call) =>
        offerCall(ctx, call, { offerId, entryId, agentId, offeredAt: at, expiresAt }),
      )
    }
    if (message.kind === 'contact' && message.event.type === 'offer_ended' && message.event.outcome !== 'accepted') {
      const { contactId, offerId } = message.event
      on(ctx.calls.get(contactId), (call) => offerEnded(ctx, call, offerId))
    }
    if (message.kind === 'agent' && message.event.type === 'device_changed') {
      const { agentId } = message.event
      on(ctx.calls.byAgent(agentId), async (call) => {
        const { device } = (await ctx.agents.read(agentId)) ?? {}
        if (!device?.proven || device.kind !== 'webrtc' || device.address === null) return
        if (device.address !== call.agent?.legId) await rebridge(ctx, call, agentId, device.address)
      })
    }
  })
}
