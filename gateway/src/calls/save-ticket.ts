import type { CommandInput } from '@ringdown/core/contract'
import { type ContactId, type SegmentId, unwrap } from '@ringdown/core/kernel'
import type { Ticket, TicketState } from '@ringdown/core/ticket'
import {
  addTicketMessage,
  changeTicket,
  createTicket,
  discardDraft,
  findTicketOfCall,
  type ISql,
  inTransaction,
  linkTicketContact,
  listTicketMessages,
} from '@ringdown/db/postgres'
import type { Actor } from '../commands/handlers.ts'
import type { CallContext } from './context.ts'

type TicketOfCall = NonNullable<CommandInput<'wrap-up:complete'>['ticket']>
type WrappedUp = { contactId: ContactId; segmentId: SegmentId }

/**
 * Saves the ticket of a call: the draft that the system wrote, or what a colleague who had the call before made of it;
 * a call leaves one. Without a ticket the draft is thrown away; what a colleague saved stays.
 * @returns the ticket's number, or null without one
 */
export async function saveTicketOfCall(
  ctx: Pick<CallContext, 'sql' | 'ledger' | 'bus' | 'clock' | 'agents'>,
  actor: Actor,
  { contactId, segmentId }: WrappedUp,
  input: TicketOfCall | null,
): Promise<string | null> {
  const ticket = await inTransaction(ctx.sql, async (tx) => {
    // One at a time of a call: two agents may wrap up at once, while a worker writes the draft.
    await tx`select 1 from contacts where id = ${contactId} for update`
    const before = await findTicketOfCall(tx, contactId)
    if (input === null) {
      if (before) await discardDraft(tx, before.id)
      return null
    }
    const saved = await save(tx, contactId, before, input)
    await linkTicketContact(tx, saved.id, contactId)
    await say(tx, saved, { at: ctx.clock(), author: { id: actor.userId, name: actor.name }, text: input.note.trim() })
    return saved
  })
  if (!ticket) return null
  const { id: ticketId, category } = ticket
  ctx.ledger.record(contactId, 'ticket_linked', ctx.clock(), { ticketId, agentId: actor.userId, segmentId, category })
  await ctx.bus.publish({ kind: 'ticket', ticketId })
  await tellColleagues(ctx, actor, contactId)
  return ticket.number
}

async function save(
  tx: ISql,
  callId: ContactId,
  before: Ticket | undefined,
  { note: _, solved, ...fields }: TicketOfCall,
): Promise<Ticket> {
  if (!before) return createTicket(tx, { ...fields, state: solved ? 'solved' : 'open', channel: 'voice', callId })
  const state = stateAfter(before.state, solved)
  return unwrap(await changeTicket(tx, before.id, { ...fields, state, version: before.version }))
}

/** A ticket that waits or was closed meanwhile does so on, unless it is solved now. */
function stateAfter(state: TicketState, solved: boolean): TicketState {
  if (solved) return state === 'closed' ? 'closed' : 'solved'
  return state === 'draft' || state === 'solved' ? 'open' : state
}

/** Notes of a contact pass from agent to agent: what the conversation has is not said again. */
async function say(
  tx: ISql,
  { id }: Ticket,
  note: { at: number; author: { id: Actor['userId']; name: string }; text: string },
): Promise<void> {
  if (note.text === '') return
  const said = await listTicketMessages(tx, id)
  if (said.some(({ text }) => text === note.text)) return
  await addTicketMessage(tx, id, { ...note, kind: 'note' })
}

/** Who wraps up the same call sees the ticket as it stands. */
async function tellColleagues({ agents, bus }: Pick<CallContext, 'agents' | 'bus'>, actor: Actor, of: ContactId) {
  for (const { agentId, work } of await agents.readAll()) {
    if (agentId !== actor.userId && work.state === 'wrap_up' && work.contactId === of)
      await bus.publish({ kind: 'desk', agentId })
  }
}
