import type { MediaClient } from '@ringdown/media/client'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { legGone } from './route-media-events.ts'

/**
 * A media server that died takes its calls along: at once when it is back and says which legs it still has, else as soon
 * as it has been away for too long. They end as `media_lost`, so that agents and callers do not sit in silence.
 */
export function heedLostMedia(ctx: CallContext, media: MediaClient): Disposable {
  let patience: NodeJS.Timeout | undefined
  const end = (present: ReadonlySet<string>) => {
    for (const call of ctx.calls.all()) endIfGone(ctx, call, present)
  }
  const down = () => {
    ctx.log.warn('the media server is away')
    patience = setTimeout(end, ctx.settings.mediaLostMs, new Set())
  }
  const up = ({ legs }: { legs: string[] }) => {
    clearTimeout(patience)
    end(new Set(legs))
  }
  media.on('down', down)
  media.on('up', up)
  return {
    [Symbol.dispose]() {
      clearTimeout(patience)
      media.off('down', down)
      media.off('up', up)
    },
  }
}

function endIfGone(ctx: CallContext, call: LiveCall, present: ReadonlySet<string>): void {
  for (const legId of [call.legId, call.agent?.legId]) {
    if (!legId || present.has(legId)) continue
    call
      .run(() => legGone(ctx, call, legId))
      .catch((error: unknown) => ctx.log.error({ err: error }, 'a call without media could not be ended'))
  }
}
