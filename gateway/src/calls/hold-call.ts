import { err, ok, type Result } from '@ringdown/core/kernel'
import type { Refusal } from '../commands/handlers.ts'
import { changeContact, move } from './change-contact.ts'
import type { CallContext } from './context.ts'
import { unbridge } from './end-segment.ts'
import type { LiveCall } from './live-call.ts'
import { playMusic } from './play.ts'

/** The caller hears music, the agent silence. */
export async function holdCall(ctx: CallContext, call: LiveCall): Promise<Result<void, Refusal>> {
  const { agent } = call
  const at = ctx.clock()
  if (!agent || !move(ctx, call, { type: 'held', at })) {
    return err({ code: 'not_talking', message: 'Only a call you talk on can be put on hold.' })
  }
  await unbridge(ctx, call)
  await playMusic(ctx, call)
  ctx.ledger.record(call.contact.contactId, 'segment_held', at, { segmentId: agent.segmentId })
  await ctx.desks.hold(agent.agentId)
  const segment = call.contact.segment && { ...call.contact.segment, heldAt: at }
  await changeContact(ctx, call, { segment })
  return ok(undefined)
}
