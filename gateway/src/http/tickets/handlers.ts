import { type ContactId, err, ok, type TicketId } from '@ringdown/core/kernel'
import {
  addTicketMessage,
  changeTicket,
  createTicket,
  findTicketView,
  inTransaction,
  linkTicketContact,
  listTickets,
  type TicketRefusal,
} from '@ringdown/db/postgres'
import type { Actor, Refusal } from '../../commands/handlers.ts'
import type { Foundation } from '../../foundation.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { OperationHandlers } from '../operation-handlers.ts'
import { notFound, stale } from '../refusals.ts'

type TicketOperations = Pick<
  OperationHandlers,
  'listTickets' | 'createTicket' | 'readTicket' | 'changeTicket' | 'addTicketMessage' | 'linkContact'
>

type Parts = Pick<Foundation, 'sql' | 'bus' | 'clock'> & { ledger: Pick<Ledger, 'record'> }

export function ticketHandlers({ sql, bus, clock, ledger }: Parts): TicketOperations {
  const changed = (ticketId: TicketId) => bus.publish({ kind: 'ticket', ticketId })
  const read = async (ticketId: TicketId) => {
    const view = await findTicketView(sql, ticketId)
    return view ? ok(view) : err(notFound('ticket'))
  }
  const linked = (ticketId: TicketId, contactId: ContactId, { userId: agentId }: Actor) =>
    ledger.record(contactId, 'ticket_linked', clock(), { ticketId, agentId })

  return {
    listTickets: async ({ query }) => ok(await listTickets(sql, query)),

    async createTicket({ body }, caller) {
      const { note, contactId, ...input } = body
      const ticket = await inTransaction(sql, async (tx) => {
        const created = await createTicket(tx, {
          ...input,
          state: 'open',
          channel: contactId ? 'voice' : 'web',
        })
        if (note.trim() !== '') {
          await addTicketMessage(tx, created.id, { at: clock(), kind: 'note', author: authorOf(caller), text: note })
        }
        if (contactId) await linkTicketContact(tx, created.id, contactId)
        return created
      })
      if (contactId) linked(ticket.id, contactId, caller)
      await changed(ticket.id)
      return read(ticket.id)
    },

    readTicket: ({ params }) => read(params.ticketId),

    async changeTicket({ params, body }) {
      const result = await changeTicket(sql, params.ticketId, body)
      if (!result.ok) return err(refusalOf(result.error))
      await changed(params.ticketId)
      return read(params.ticketId)
    },

    async addTicketMessage({ params, body }, caller) {
      if (!(await findTicketView(sql, params.ticketId))) return err(notFound('ticket'))
      const message = await addTicketMessage(sql, params.ticketId, { at: clock(), author: authorOf(caller), ...body })
      await changed(params.ticketId)
      return ok(message)
    },

    async linkContact({ params, body }, caller) {
      if (!(await findTicketView(sql, params.ticketId))) return err(notFound('ticket'))
      await linkTicketContact(sql, params.ticketId, body.contactId)
      linked(params.ticketId, body.contactId, caller)
      await changed(params.ticketId)
      return ok({})
    },
  }
}

const authorOf = (actor: Actor) => ({ id: actor.userId, name: actor.name })

function refusalOf(refusal: TicketRefusal): Refusal {
  switch (refusal.code) {
    case 'stale':
      return stale('ticket')
    case 'not_found':
      return notFound('ticket')
    case 'illegal_transition':
      return {
        code: 'illegal_transition',
        message: `A ticket that is ${refusal.from} cannot become ${refusal.on}.`,
        field: 'body.state',
      }
  }
}
