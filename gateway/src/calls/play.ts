import type { PromptPart } from '@ringdown/ivr'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'

type Saying = { next: NonNullable<LiveCall['playing']>['next']; interruptible?: boolean }

/** Says something to the caller. What cannot be said is logged and counts as said: a call never hangs on a missing file. */
export async function say(
  ctx: CallContext,
  call: LiveCall,
  parts: readonly PromptPart[],
  { next, interruptible = false }: Saying,
): Promise<boolean> {
  try {
    const files = await ctx.prompts(parts, call.contact.language)
    call.playing = { playId: await ctx.audio.play(call.legId, files, interruptible), next }
    return true
  } catch (error) {
    ctx.log.warn({ err: error, contactId: call.contact.contactId, parts }, 'a prompt could not be played')
    call.playing = null
    return false
  }
}

/** The music of the queue the caller waits in or was answered from. */
export async function playMusic(ctx: CallContext, call: LiveCall): Promise<void> {
  const queueId = call.stay?.queueId ?? call.agent?.queueId ?? null
  call.playing = null
  try {
    const queue = queueId === null ? null : await ctx.queue({ id: queueId })
    await ctx.audio.music(call.legId, queue?.music ?? 'default')
  } catch (error) {
    ctx.log.warn({ err: error, contactId: call.contact.contactId }, 'music could not be played')
  }
}
