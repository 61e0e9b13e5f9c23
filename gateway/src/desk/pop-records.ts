import type { LiveContact } from '@ringdown/core/contact'
import type { ContactSummary, CustomerView, TicketSummary } from '@ringdown/core/contract'
import type { ContactId, CustomerId } from '@ringdown/core/kernel'
import { findCustomerView, type ISql, listTickets, recentContacts } from '@ringdown/db/postgres'
import type { Foundation } from '../foundation.ts'

/** What the record knows of a caller. */
export type PopRecords = {
  customer: CustomerView | null
  openTickets: TicketSummary[]
  recentContacts: ContactSummary[]
}

export type ReadPopRecords = (caller: {
  contactId: ContactId
  customerId: CustomerId | null
  number: string
}) => Promise<PopRecords>

/** Reads it from PostgreSQL, all at once. Nothing is guessed for a caller who is not identified but for his number. */
export function popRecordsFrom(sql: ISql): ReadPopRecords {
  return async ({ contactId, customerId, number }) => {
    const [customer, tickets, contacts] = await Promise.all([
      customerId ? findCustomerView(sql, customerId) : undefined,
      customerId ? listTickets(sql, { customerId, state: 'open,pending', page: 1, pageSize: 20 }) : undefined,
      recentContacts(sql, { customerId, number: number === '' ? null : number, except: contactId }),
    ])
    return { customer: customer ?? null, openTickets: tickets?.items ?? [], recentContacts: contacts }
  }
}

export type PopCacheParts = Pick<Foundation, 'bus' | 'live' | 'clock' | 'log'> & { read: ReadPopRecords }

/** Records of callers, read ahead: they are there when the phone rings. */
export type PopCache = Disposable & { of(contact: LiveContact): Promise<PopRecords> }

type Kept = { customerId: CustomerId | null; readAt: number; records: Promise<PopRecords> }

const FRESH_MS = 30_000
const KEPT_CONTACTS = 2_000

/**
 * Reads a caller's records when he is identified and when he enters a queue, on every gateway, for the agent may sit at
 * any. Read again after half a minute, when somebody else is meant, or when tickets changed.
 */
export function createPopCache({ bus, live, clock, log, read }: PopCacheParts): PopCache {
  const kept = new Map<ContactId, Kept>()

  function of({ contactId, customerId, caller: { number } }: LiveContact): Promise<PopRecords> {
    const known = kept.get(contactId)
    if (known && known.customerId === customerId && clock() - known.readAt < FRESH_MS) return known.records
    const records = read({ contactId, customerId, number }).catch((error: unknown) => {
      log.error({ err: error, contactId }, 'the records of a caller could not be read; his pop shows what is live')
      kept.delete(contactId)
      return NOTHING
    })
    kept.delete(contactId)
    kept.set(contactId, { customerId, readAt: clock(), records })
    if (kept.size > KEPT_CONTACTS) kept.delete(kept.keys().next().value!)
    return records
  }

  async function readAhead(contactId: ContactId): Promise<void> {
    const contact = await live.read(contactId)
    if (contact) await of(contact)
  }

  const stop = bus.subscribe((message) => {
    if (message.kind === 'ticket') kept.clear()
    if (message.kind !== 'contact') return
    const { type, contactId } = message.event
    if (type === 'contact_ended' || type === 'ticket_linked') kept.delete(contactId)
    if (type === 'caller_matched' || type === 'queue_entered')
      readAhead(contactId).catch((error) => log.warn({ err: error, contactId }, 'records were not read ahead'))
  })
  return { of, [Symbol.dispose]: stop }
}

const NOTHING: PopRecords = { customer: null, openTickets: [], recentContacts: [] }
