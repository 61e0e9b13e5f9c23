import type { ContactEvent } from '@ringdown/core/events'
import type { ContactId } from '@ringdown/core/kernel'
import { draftFromContact, TicketState } from '@ringdown/core/ticket'
import {
  changeTicket,
  createTicket,
  findTicketSource,
  type ISql,
  inTransaction,
  linkTicketContact,
  listContactEvents,
  listTickets,
} from '@ringdown/db/postgres'
import type { JobHandler } from '../job-handler.ts'

/**
 * Every answered call leaves a ticket. While the agent talks it is a draft with everything known filled in; he confirms
 * or discards it in wrap-up. A call that ended without his word, because wrap-up ran out or there was none, opens the
 * draft as it is, so that nothing is lost.
 */
export const ticketFromCall: JobHandler<'ticket-from-call'> = async ({ contactId }, { sql }) => {
  await inTransaction(sql, async (tx) => {
    const [locked] = await tx`select 1 from contacts where id = ${contactId} for update`
    if (!locked) return
    const word = agentsWord(await listContactEvents(tx, contactId))
    const ticket = await ticketOf(tx, contactId)
    if (!ticket && word !== 'given') await writeDraft(tx, contactId, word === 'missing' ? 'open' : 'draft')
    if (ticket?.state === 'draft' && word === 'missing') {
      await changeTicket(tx, ticket.id, { state: 'open', version: ticket.version })
    }
  })
}

/** Did the agent finish the call in wrap-up (`given`), can he still (`awaited`), or is the time for it over (`missing`)? */
function agentsWord(events: readonly ContactEvent[]): 'given' | 'awaited' | 'missing' {
  const wrapUps = events.filter((e) => e.type === 'wrap_up_ended')
  if (wrapUps.some((e) => e.by === 'agent')) return 'given'
  const ended = events.some((e) => e.type === 'contact_ended')
  const started = events.filter((e) => e.type === 'wrap_up_started')
  return ended && wrapUps.length === started.length ? 'missing' : 'awaited'
}

async function ticketOf(sql: ISql, contactId: ContactId) {
  const states = TicketState.options.join(',')
  return (await listTickets(sql, { contactId, state: states, page: 1, pageSize: 1 })).items[0]
}

async function writeDraft(sql: ISql, contactId: ContactId, state: 'draft' | 'open'): Promise<void> {
  const source = await findTicketSource(sql, contactId)
  if (!source) return
  const ticket = await createTicket(sql, { ...draftFromContact(source), state, channel: 'voice' })
  await linkTicketContact(sql, ticket.id, contactId)
}
