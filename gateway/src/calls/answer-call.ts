import { err, type OfferId, ok, type Result, SegmentId, type UserId } from '@ringdown/core/kernel'
import type { Refusal } from '../commands/handlers.ts'
import type { SipLeg } from '../sip/sip-leg.ts'
import { agentLost } from './agent-lost.ts'
import { changeContact, move } from './change-contact.ts'
import type { CallContext } from './context.ts'
import type { AgentSide, LiveCall } from './live-call.ts'
import { startRecording } from './record-segment.ts'

/** Where the agent hears and speaks: his headset's leg, or his phone with its dialog. */
export type AgentAudio = { legId: string; phone: SipLeg | null }

/**
 * The agent takes the offered call: the offer is accepted (once, for good), caller and agent hear each other, and the
 * segment is recorded.
 */
export async function answerCall(
  ctx: CallContext,
  call: LiveCall,
  offerId: OfferId,
  agentId: UserId,
  audio: AgentAudio,
): Promise<Result<void, Refusal>> {
  const segmentId = SegmentId.parse(ctx.newId())
  const at = ctx.clock()
  const { stay } = call
  if (!stay) return err(offerOver)
  const accepted = await ctx.acd.accept(offerId, agentId, segmentId, at)
  if (!accepted.ok) return err(offerOver)
  const { entryId, queueId } = stay
  const agent: AgentSide = { agentId, segmentId, queueId, ...audio, lostTimer: null }
  // The answer may be here before the news of the offer.
  if (call.phase.state === 'waiting') move(ctx, call, { type: 'offered', offerId, agentId })
  move(ctx, call, { type: 'answered', segmentId, at })
  for (const timer of stay.timers) clearTimeout(timer)
  call.stay = null
  call.agent = agent
  const { contactId } = call.contact
  ctx.ledger.record(contactId, 'offer_ended', at, { offerId, entryId, queueId, agentId, outcome: 'accepted' })
  const waitedMs = Math.max(0, at - stay.enteredAt)
  ctx.ledger.record(contactId, 'queue_entry_ended', at, { entryId, queueId, outcome: 'answered', waitedMs, agentId })
  ctx.ledger.record(contactId, 'segment_started', at, { segmentId, agentId, queueId, entryId })
  const connected = await connect(ctx, call, agent)
  const recording = connected && (await startRecording(ctx, call, agent))
  const queue = call.contact.queue && { ...call.contact.queue, leftAt: at }
  const segment = {
    segmentId,
    agentId,
    answeredAt: at,
    connected,
    heldAt: null,
    muted: false,
    recording,
    endedAt: null,
  }
  await changeContact(ctx, call, { offer: null, queue, segment })
  if (!connected) await agentLost(ctx, call, agentId)
  return ok(undefined)
}

/** Lets the two sides hear each other. False: one of them has no audio. */
export async function connect(ctx: CallContext, call: LiveCall, agent: AgentSide): Promise<boolean> {
  if (agent.legId === null) return false
  call.playing = null
  try {
    call.bridgeId = await ctx.audio.bridge(call.legId, agent.legId)
    return true
  } catch (error) {
    ctx.log.error({ err: error, contactId: call.contact.contactId }, 'caller and agent could not be connected')
    return false
  }
}

const offerOver: Refusal = { code: 'offer_ended', message: 'This call is no longer offered to you.' }
