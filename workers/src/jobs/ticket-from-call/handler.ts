import type { ContactId } from '@ringdown/core/kernel'
import { draftFromContact } from '@ringdown/core/ticket'
import {
  changeTicket,
  createTicket,
  findContact,
  findQueue,
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
  const contact = await findContact(sql, contactId)
  if (!contact?.agentId) return
  const queue = contact.queueId && (await findQueue(sql, contact.queueId))
  const input = draftFromContact({
    language: contact.language ?? 'zh',
    customerId: contact.customerId,
    personId: contact.personId,
    callerName: callerName(contact),
    queue: queue ? { key: queue.key, name: queue.name } : null,
    agentId: contact.agentId,
  })
  const ticket = await createTicket(sql, { ...input, state: 'draft', channel: 'voice', dueAt: null })
  await linkTicketContact(sql, ticket.id, contactId)
}

function callerName(contact: NonNullable<Awaited<ReturnType<typeof findContact>>>): string {
  if (contact.match.kind === 'one') return contact.match.candidate.personName ?? contact.match.candidate.customerName
  return contact.callerName ?? contact.number ?? contact.caller
}
