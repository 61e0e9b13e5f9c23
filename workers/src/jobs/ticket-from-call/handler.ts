import type { ContactEvent } from '@ringdown/core/events'
import type { ContactId } from '@ringdown/core/kernel'
import { draftFromContact, type Ticket, type TicketSource } from '@ringdown/core/ticket'
import {
  changeTicket,
  createTicket,
  findTicketOfCall,
  findTicketSource,
  type ISql,
  inTransaction,
  linkTicketContact,
  listContactEvents,
  rewriteDraft,
} from '@ringdown/db/postgres'
import type { JobHandler } from '../job-handler.ts'

/**
 * Every answered call leaves one ticket. While an agent talks it is a draft with everything known filled in, which
 * follows what becomes known; he confirms or discards it in wrap-up. A call that ended without his word, because wrap-up ran out or there was none, opens the
 * draft as it is, so that nothing is lost.
 */
export const ticketFromCall: JobHandler<'ticket-from-call'> = async ({ contactId }, { sql }) => {
  await inTransaction(sql, async (tx) => {
    const [locked] = await tx`select 1 from contacts where id = ${contactId} for update`
    if (!locked) return
    const word = agentsWord(await listContactEvents(tx, contactId))
    if (word === 'given') return
    const ticket = await findTicketOfCall(tx, contactId)
    if (ticket && ticket.state !== 'draft') return
    const source = await findTicketSource(tx, contactId)
    if (!source) return
    const draft = ticket ? await followCall(tx, ticket, source) : await writeDraft(tx, contactId, source)
    if (word === 'missing') await changeTicket(tx, draft.id, { state: 'open', version: draft.version })
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

async function followCall(sql: ISql, draft: Ticket, source: TicketSource): Promise<Ticket> {
  await rewriteDraft(sql, draft.id, draftFromContact(source))
  return draft
}

async function writeDraft(sql: ISql, callId: ContactId, source: TicketSource): Promise<Ticket> {
  const draft = await createTicket(sql, { ...draftFromContact(source), state: 'draft', channel: 'voice', callId })
  await linkTicketContact(sql, draft.id, callId)
  return draft
}
