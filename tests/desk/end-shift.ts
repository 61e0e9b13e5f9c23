import type { Api } from './api.ts'
import { until } from './until.ts'

/** Ends what an agent still does and signs him out, so that the next test finds him at home. */
export async function endShift(api: Api): Promise<void> {
  await until(`the end of ${api.me.login}'s shift`, async () => {
    const { agent, call, offer, wrapUp } = await api.command('desk:read', {})
    if (!agent?.session) return true
    const nothing = { ticket: null, next: { status: 'not_ready', reason: 'other' } } as const
    try {
      if (wrapUp) await api.command('wrap-up:complete', { ...wrapUp, disposition: 'caller_gone', ...nothing })
      if (call) await api.command('call:hang-up', call)
      if (offer) await api.command('offer:reject', offer)
      await api.command('agent:sign-out', {})
    } catch {
      // somebody else ended it in the same moment: look again
    }
    return false
  })
}
