import type { CommandInput } from '@ringdown/core/contract'
import type { ContactId } from '@ringdown/core/kernel'
import type { Ticket } from '@ringdown/core/ticket'
import {
  addTicketMessage,
  changeTicket,
  createTicket,
  discardDraft,
  findDraftOfContact,
  type ISql,
  inTransaction,
  linkTicketContact,
} from '@ringdown/db/postgres'
import type { Actor } from '../commands/handlers.ts'
import type { CallContext } from './context.ts'

type TicketOfCall = NonNullable<CommandInput<'wrap-up:complete'>['ticket']>

/**
 * Saves the ticket of a call: the draft that the system wrote, confirmed by the agent, or a new one. Without a ticket
 * the draft is thrown away.
 * @returns the ticket's number, or null without one
 */
export async function saveTicketOfCall(
  ctx: CallContext,
  actor: Actor,
  contactId: ContactId,
  input: TicketOfCall | null,
): Promise<string | null> {
  const ticket = await inTransaction(ctx.sql, async (tx) => {
    const draft = await findDraftOfContact(tx, contactId)
    if (input === null) {
      if (draft) await discardDraft(tx, draft.id)
      return null
    }
    const saved = await confirm(tx, draft, input)
    await linkTicketContact(tx, saved.id, contactId)
    if (input.note.trim() !== '') {
      const author = { id: actor.userId, name: actor.name }
      await addTicketMessage(tx, saved.id, { at: ctx.clock(), kind: 'note', author, text: input.note })
    }
    return saved
  })
  if (!ticket) return null
  ctx.ledger.record(contactId, 'ticket_linked', ctx.clock(), { ticketId: ticket.id, agentId: actor.userId })
  await ctx.bus.publish({ kind: 'ticket', ticketId: ticket.id })
  return ticket.number
}

async function confirm(
  tx: ISql,
  draft: Ticket | undefined,
  { note: _, solved, ...fields }: TicketOfCall,
): Promise<Ticket> {
  const state = solved ? 'solved' : 'open'
  if (draft) {
    const changed = await changeTicket(tx, draft.id, { ...fields, state, version: draft.version })
    if (changed.ok) return changed.value
  }
  return createTicket(tx, { ...fields, state, channel: 'voice' })
}
