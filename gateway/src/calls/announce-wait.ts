import { announcedWait } from '@ringdown/core/acd'
import { type PromptPart, waitAnnouncement } from '@ringdown/ivr'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { say } from './play.ts'

/** Tells a waiting caller his place and the estimated wait, then plays music again. */
export async function announceWait(ctx: CallContext, call: LiveCall): Promise<void> {
  if (call.playing !== null) return
  const parts = await waitParts(ctx, call)
  if (parts.length > 0) await say(ctx, call, parts, { next: { kind: 'music' } })
}

/** Place and estimated wait as they are now; nothing for a caller who does not wait any more. A told wait never rises. */
export async function waitParts(ctx: CallContext, { stay }: LiveCall): Promise<PromptPart[]> {
  if (!stay) return []
  const place = (await ctx.acd.positions(stay.queueId)).indexOf(stay.entryId) + 1
  if (place === 0) return []
  const estimate = await ctx.waits.announced(stay.queueId, place)
  stay.announcedWait = announcedWait(stay.announcedWait, estimate, ctx.clock())
  return waitAnnouncement(place, stay.announcedWait?.waitMs ?? null)
}
