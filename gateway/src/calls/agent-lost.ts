import type { QueueId, UserId } from '@ringdown/core/kernel'
import { changeContact } from './change-contact.ts'
import type { CallContext } from './context.ts'
import { endSegment, unbridge } from './end-segment.ts'
import type { LiveCall } from './live-call.ts'
import { playMusic } from './play.ts'
import { requeueCall } from './requeue-call.ts'

/**
 * The agent's audio is gone in the middle of the call. A page that reloads is waited for while the caller hears music;
 * a phone that is gone, or a page that stays away, gives the caller back to the queue.
 */
export async function agentLost(ctx: CallContext, call: LiveCall, agentId: UserId): Promise<void> {
  const { agent } = call
  if (agent?.agentId !== agentId || agent.lostTimer) return
  if (agent.phone) return giveUpAgent(ctx, call, agentId)
  agent.legId = null
  agent.lostTimer = setTimeout(() => {
    call
      .run(() => giveUpAgent(ctx, call, agentId))
      .catch((error: unknown) => ctx.log.error({ err: error, agentId }, 'a lost agent could not be given up'))
  }, ctx.settings.agentLostMs)
  await unbridge(ctx, call)
  if (call.recording) await ctx.audio.recordAgent(call.recording.mediaId, null)
  if (call.phase.state === 'talking') await playMusic(ctx, call)
  const segment = call.contact.segment && { ...call.contact.segment, connected: false }
  await changeContact(ctx, call, { segment })
}

/** The segment ends as `device_lost`; the caller waits again, at the front. */
export async function giveUpAgent(ctx: CallContext, call: LiveCall, agentId: UserId): Promise<void> {
  const { agent } = call
  if (agent?.agentId !== agentId) return
  const queueId: QueueId | null = agent.queueId
  await endSegment(ctx, call, { party: 'agent', reason: 'device_lost' })
  await requeueCall(ctx, call, queueId)
}
