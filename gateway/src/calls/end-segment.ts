import type { Termination } from '@ringdown/core/contact'
import { changeContact, move } from './change-contact.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { stopRecording } from './record-segment.ts'
import { startWrapUp } from './start-wrap-up.ts'

/**
 * The agent's part of the call is over, by whoever's doing: audio parted, recording finished, his phone rung off, and he
 * goes into wrap-up. The caller is still there (`greeted`) unless he is the one who left.
 */
export async function endSegment(ctx: CallContext, call: LiveCall, termination: Termination): Promise<void> {
  const { agent } = call
  const { party, reason } = termination
  if (!agent || !move(ctx, call, { type: 'agent_left' })) return
  const at = ctx.clock()
  const { contactId } = call.contact
  const { agentId, segmentId, legId, phone } = agent
  call.agent = null
  if (agent.lostTimer) clearTimeout(agent.lostTimer)
  const quietly = (deed: Promise<unknown> | undefined, what: string) =>
    deed?.catch((error: unknown) => ctx.log.warn({ err: error, contactId }, what))
  await quietly(unbridge(ctx, call), 'a bridge could not be closed')
  stopRecording(ctx, call)
  if (phone) {
    quietly(phone.hangUp(termination), "the agent's phone could not be rung off")
    if (legId) quietly(ctx.audio.closeLeg(legId), "the leg of the agent's phone could not be closed")
  } else if (legId && call.contact.segment?.muted) {
    quietly(ctx.audio.mute(legId, false), 'a headset could not be unmuted')
  }
  ctx.ledger.record(contactId, 'segment_ended', at, { segmentId, agentId, by: party, reason })
  await startWrapUp(ctx, call, agent)
  const segment = call.contact.segment && { ...call.contact.segment, endedAt: at, connected: false, heldAt: null }
  await changeContact(ctx, call, { segment })
}

/** The two legs no longer hear each other. */
export async function unbridge(ctx: CallContext, call: LiveCall): Promise<void> {
  const { bridgeId } = call
  call.bridgeId = null
  if (bridgeId) await ctx.audio.unbridge(bridgeId)
}
