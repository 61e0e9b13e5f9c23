import { announcedWait } from '@ringdown/core/acd'
import { waitAnnouncement } from '@ringdown/ivr'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { say } from './play.ts'

/** Tells a waiting caller his place and the estimated wait, then plays music again. A told wait never rises. */
export async function announceWait(ctx: CallContext, call: LiveCall): Promise<void> {
  const { stay } = call
  if (!stay || call.playing !== null) return
  const place = (await ctx.acd.positions(stay.queueId)).indexOf(stay.entryId) + 1
  if (place === 0) return
  const estimate = await ctx.estimateWait(stay.queueId, place)
  stay.announcedWait = announcedWait(stay.announcedWait, estimate, ctx.clock())
  await say(ctx, call, waitAnnouncement(place, stay.announcedWait?.waitMs ?? null), { next: { kind: 'music' } })
}
