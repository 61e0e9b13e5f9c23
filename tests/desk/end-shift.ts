import type { Api } from './api.ts'
import { until } from './until.ts'

/** Ends what an agent still does and signs him out, so that the next test finds him at home. */
export async function endShift(api: Api): Promise<void> {
  let refused: unknown
  const home = async () => {
    const { agent, call, offer, wrapUp } = await api.command('desk:read', {})
    if (!agent?.session) return true
    const nothing = { ticket: null, next: { status: 'not_ready', reason: 'other' } } as const
    try {
      if (wrapUp) {
        const { contactId } = wrapUp
        await api.command('wrap-up:complete', { contactId, disposition: 'caller_gone', ...nothing })
      }
      if (call) await api.command('call:hang-up', { contactId: call.contactId })
      if (offer) await api.command('offer:reject', { offerId: offer.offerId })
      await api.command('agent:sign-out', {})
    } catch (error) {
      refused = error // perhaps somebody else ended it in the same moment: look again
    }
    return false
  }
  await until(`the end of ${api.me.login}'s shift`, home, { seen: () => String(refused) })
}
