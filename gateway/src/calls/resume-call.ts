import { err, ok, type Result } from '@ringdown/core/kernel'
import type { Refusal } from '../commands/handlers.ts'
import { connect } from './answer-call.ts'
import { changeContact, move } from './change-contact.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'

/** Caller and agent hear each other again. */
export async function resumeCall(ctx: CallContext, call: LiveCall): Promise<Result<void, Refusal>> {
  const { agent } = call
  if (agent?.legId === null) {
    return err({ code: 'no_headset', message: 'Your headset is not connected. Allow the microphone and try again.' })
  }
  if (!agent || !move(ctx, call, { type: 'resumed' })) {
    return err({ code: 'not_held', message: 'This call is not on hold.' })
  }
  const connected = await connect(ctx, call, agent)
  ctx.ledger.record(call.contact.contactId, 'segment_resumed', ctx.clock(), { segmentId: agent.segmentId })
  await ctx.desks.resume(agent.agentId)
  const segment = call.contact.segment && { ...call.contact.segment, heldAt: null, connected }
  await changeContact(ctx, call, { segment })
  return ok(undefined)
}
