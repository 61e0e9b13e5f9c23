import type { TerminationReason } from '@ringdown/core/contact'
import type { CallerMatch } from '@ringdown/core/customer'
import type {
  ContactId,
  CustomerId,
  FlowId,
  Language,
  Localized,
  PersonId,
  QueueId,
  UserId,
} from '@ringdown/core/kernel'
import { type ISql, jsonb } from '../client.ts'
import { upsertRows } from '../upsert-rows.ts'

/** The row of a contact, folded from its events. */
export type Contact = {
  id: ContactId
  direction: 'inbound' | 'internal'
  caller: string
  callerName: string | null
  /** The caller in E.164, where he has a phone number. */
  number: string | null
  place: Localized | null
  dialled: string
  sipCallId: string
  gatewayId: string
  startedAt: number
  endedAt: number | null
  language: Language | null
  flowId: FlowId | null
  flowVersion: number | null
  match: CallerMatch
  code: string | null
  customerId: CustomerId | null
  personId: PersonId | null
  /** Of the last queue entry. */
  queueId: QueueId | null
  outcome: string | null
  waitedMs: number | null
  /** Of the last segment. */
  agentId: UserId | null
  /** With agents, hold included. */
  talkMs: number | null
  disposition: string | null
  notes: string
  endedBy: string | null
  endReason: TerminationReason | null
}

export async function findContact(sql: ISql, id: ContactId): Promise<Contact | undefined> {
  const [row] = await sql<Contact[]>`
    select id, direction, caller, caller_name, number, place, dialled, sip_call_id, gateway_id, started_at, ended_at,
      language, flow_id, flow_version, match, code, customer_id, person_id, queue_id, outcome, waited_ms, agent_id,
      talk_ms, disposition, notes, ended_by, end_reason
    from contacts where id = ${id}`
  return row
}

/** Did the agent ever talk on the contact? Decides what agents may read. */
export async function wasOnContact(sql: ISql, contactId: ContactId, agentId: UserId): Promise<boolean> {
  const [row] = await sql`select 1 from segments where contact_id = ${contactId} and agent_id = ${agentId} limit 1`
  return row !== undefined
}

/** Makes the row that the ledger hangs on; one that another writer made first stays as it is. */
export async function openContact(sql: ISql, contact: Contact): Promise<void> {
  await sql`insert into contacts ${sql(toRow(sql, contact))} on conflict (id) do nothing`
}

export async function saveContacts(sql: ISql, contacts: readonly Contact[]): Promise<void> {
  await upsertRows(
    sql,
    'contacts',
    contacts.map((contact) => toRow(sql, contact)),
  )
}

const toRow = (sql: ISql, contact: Contact) => ({
  ...contact,
  place: contact.place && jsonb(sql, contact.place),
  match: jsonb(sql, contact.match),
})
