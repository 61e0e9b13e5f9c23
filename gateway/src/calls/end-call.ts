import type { Termination } from '@ringdown/core/contact'
import { changeContact, move } from './change-contact.ts'
import type { CallContext } from './context.ts'
import { keepLadder } from './keep-ladder.ts'
import type { LiveCall } from './live-call.ts'
import { stopFlow } from './stop-flow.ts'

/**
 * Ends a call whose queue stay and segment have ended already: the caller is rung off if he is still there, the leg is
 * closed and the contact is over. Once; a second time nothing happens.
 */
export async function endCall(ctx: CallContext, call: LiveCall, termination: Termination): Promise<void> {
  const at = ctx.clock()
  if (!move(ctx, call, { type: 'ended', at })) return
  const { contactId } = call.contact
  stopFlow(ctx, call)
  ctx.calls.remove(call)
  call.line[Symbol.dispose]()
  ctx.ledger.record(contactId, 'contact_ended', at, { termination })
  const { caller } = call
  call.caller = null
  const quietly = (deed: Promise<unknown> | undefined, what: string) =>
    deed?.catch((error: unknown) => ctx.log.warn({ err: error, contactId }, what))
  const rungOff = quietly(caller?.hangUp(termination), 'the caller could not be rung off')
  quietly(ctx.audio.closeLeg(call.legId), "the caller's leg could not be closed")
  await changeContact(ctx, call, {})
  if (!call.contact.segment) quietly(ctx.live.remove(contactId), 'a contact that ended could not be forgotten')
  keepLadder(ctx, call, rungOff)
}
