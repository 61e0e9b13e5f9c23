import type { MediaClient } from '@ringdown/media/client'
import type { CallContext } from './context.ts'
import { legGone } from './route-media-events.ts'

/** After a lost connection the media server says which legs it still has; calls without theirs end as `media_lost`. */
export function mediaBack(ctx: CallContext, media: MediaClient): void {
  media.on('up', ({ legs }) => {
    const present = new Set(legs)
    for (const call of ctx.calls.all()) {
      const gone = [call.legId, call.agent?.legId].filter((legId) => legId && !present.has(legId))
      for (const legId of gone) {
        call
          .run(() => legGone(ctx, call, legId as string))
          .catch((error: unknown) => ctx.log.error({ err: error }, 'a call without media could not be ended'))
      }
    }
  })
}
