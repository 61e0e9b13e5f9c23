import type { UserId } from '@ringdown/core/kernel'
import { connect } from './answer-call.ts'
import { changeContact } from './change-contact.ts'
import type { CallContext } from './context.ts'
import { unbridge } from './end-segment.ts'
import type { LiveCall } from './live-call.ts'

/** The agent has a new headset leg (a reload, another page): the call goes on through it. */
export async function rebridge(ctx: CallContext, call: LiveCall, agentId: UserId, legId: string): Promise<void> {
  const { agent } = call
  if (agent?.agentId !== agentId || agent.phone) return
  if (agent.lostTimer) clearTimeout(agent.lostTimer)
  agent.lostTimer = null
  agent.legId = legId
  const { segment } = call.contact
  if (call.recording) await ctx.audio.recordAgent(call.recording.mediaId, legId)
  if (segment?.muted) await ctx.audio.mute(legId, true)
  await unbridge(ctx, call)
  const connected = call.phase.state === 'held' || (await connect(ctx, call, agent))
  await changeContact(ctx, call, { segment: segment && { ...segment, connected } })
}
