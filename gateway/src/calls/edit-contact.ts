import type { LiveContact } from '@ringdown/core/contact'
import type { CommandInput } from '@ringdown/core/contract'
import { err, ok, type Result } from '@ringdown/core/kernel'
import type { Actor, Refusal } from '../commands/handlers.ts'
import { routeToOwner } from '../commands/route-to-owner.ts'
import { changeContact, saveContact } from './change-contact.ts'
import type { CallContext } from './context.ts'

type Editing = 'call:write-notes' | 'call:choose-customer'

/**
 * Changes what an agent may write about a contact, during the call (on the gateway that holds it) or in wrap-up (here).
 * @returns `here` when this gateway did it, `elsewhere` when the owner did
 */
export async function editContact<K extends Editing>(
  ctx: CallContext,
  command: K,
  actor: Actor,
  input: CommandInput<K>,
  change: () => Partial<LiveContact>,
): Promise<Result<'here' | 'elsewhere', Refusal>> {
  const { contactId } = input
  const { work } = (await ctx.agents.read(actor.userId)) ?? {}
  if (!work || work.state === 'idle' || work.contactId !== contactId) return err(notYours)
  const call = ctx.calls.get(contactId)
  if (call) {
    await call.run(() => changeContact(ctx, call, change()))
    return ok('here')
  }
  const contact = await ctx.live.read(contactId)
  if (contact && contact.phase !== 'ended') {
    const done = await routeToOwner(ctx, command, actor, input, contactId)
    return done.ok ? ok('elsewhere') : done
  }
  if (contact) await saveContact(ctx, { ...contact, ...change() }, [actor.userId])
  return ok('here')
}

const notYours: Refusal = { code: 'not_your_call', message: 'You are not on this call.' }
