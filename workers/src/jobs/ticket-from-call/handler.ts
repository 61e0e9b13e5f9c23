import type { ContactId } from '@ringdown/core/kernel'
import { draftFromContact } from '@ringdown/core/ticket'
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
 * or discards it in wrap-up. A wrap-up that ran out without him opens the draft as it is, so that nothing is lost.
 */
export const ticketFromCall: JobHandler<'ticket-from-call'> = async ({ contactId }, { sql }) => {
  await inTransaction(sql, async (tx) => {
    const [locked] = await tx`select 1 from contacts where id = ${contactId} for update`
    if (!locked) return
    const draft = await ticketOf(tx, contactId, 'draft')
    const wrapUp = (await listContactEvents(tx, contactId)).findLast((e) => e.type === 'wrap_up_ended')
    const unattended = wrapUp?.type === 'wrap_up_ended' && wrapUp.by !== 'agent'
    if (draft && unattended) {
      await changeTicket(tx, draft.id, { state: 'open', version: draft.version })
    } else if (!draft && !wrapUp && !(await ticketOf(tx, contactId, 'open,pending,solved,closed'))) {
      await writeDraft(tx, contactId)
    }
  })
}

async function ticketOf(sql: ISql, contactId: ContactId, state: string) {
  return (await listTickets(sql, { contactId, state, page: 1, pageSize: 1 })).items[0]
}

async function writeDraft(sql: ISql, contactId: ContactId): Promise<void> {
  const source = await findTicketSource(sql, contactId)
  if (!source) return
  const ticket = await createTicket(sql, { ...draftFromContact(source), state: 'draft', channel: 'voice', dueAt: null })
  await linkTicketContact(sql, ticket.id, contactId)
}
