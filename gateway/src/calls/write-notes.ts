import type { CommandInput } from '@ringdown/core/contract'
import { ok, type Result } from '@ringdown/core/kernel'
import type { Actor, Refusal } from '../commands/handlers.ts'
import type { CallContext } from './context.ts'
import { editContact } from './edit-contact.ts'

/** Notes of a contact, by the agent who is on it or wraps it up. */
export async function writeNotes(
  ctx: CallContext,
  actor: Actor,
  input: CommandInput<'call:write-notes'>,
): Promise<Result<Record<string, never>, Refusal>> {
  const { contactId, text } = input
  const written = await editContact(ctx, 'call:write-notes', actor, input, () => ({ notes: text }))
  if (written.ok && written.value === 'here') {
    ctx.ledger.record(contactId, 'notes_changed', ctx.clock(), { agentId: actor.userId, text })
  }
  return written.ok ? ok({}) : written
}
