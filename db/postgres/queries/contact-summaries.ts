import type { ContactSummary } from '@ringdown/core/contract'
import type { ContactId, CustomerId, QueueId, UserId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'
import {
  containing,
  containingNumber,
  type Fragment,
  limitTo,
  orderBy,
  type Page,
  type PageRequest,
  type SortFields,
  where,
} from '../page.ts'

export type ContactFilter = {
  /** Number, customer, person or ticket number. */
  search?: string | undefined
  /** It stayed in this queue. */
  queueId?: QueueId | undefined
  /** This agent talked on it. */
  agentId?: UserId | undefined
  /** How its last queue entry ended; several comma-separated. */
  outcome?: string | undefined
  /** Started from (included) … to (not). */
  from?: number | undefined
  to?: number | undefined
  customerId?: CustomerId | undefined
}

/** Contacts, newest first unless said. */
export async function listContacts(sql: ISql, filter: ContactFilter & PageRequest): Promise<Page<ContactSummary>> {
  const conditions = where(sql, contactConditions(sql, filter))
  const sortable = {
    startedAt: sql`c.started_at`,
    number: sql`coalesce(c.number, c.caller)`,
    customer: sql`cu.name`,
    agent: sql`u.name`,
    outcome: sql`c.outcome`,
    waitedMs: sql`c.waited_ms`,
    talkMs: sql`c.talk_ms`,
  } satisfies SortFields<'contacts'>
  const [items, [counted]] = await Promise.all([
    sql<ContactSummary[]>`
      ${selectSummaries(sql)} ${conditions}
      ${orderBy(sql, filter.sort, sortable, '-startedAt', sql`c.id`)} ${limitTo(sql, filter)}`,
    sql<{ total: number }[]>`select count(*) as total ${fromContacts(sql)} ${conditions}`,
  ])
  return { items, total: counted?.total ?? 0, page: filter.page, pageSize: filter.pageSize }
}

export async function findContactSummary(sql: ISql, id: ContactId): Promise<ContactSummary | undefined> {
  const [row] = await sql<ContactSummary[]>`${selectSummaries(sql)} where c.id = ${id}`
  return row
}

/** Contacts linked to a ticket, newest first. */
export async function listContactSummaries(sql: ISql, ids: readonly ContactId[]): Promise<ContactSummary[]> {
  if (ids.length === 0) return []
  return sql<ContactSummary[]>`${selectSummaries(sql)} where c.id = any(${[...ids]}) order by c.started_at desc, c.id`
}

/** The last contacts of the customer, or of the number while the customer is unknown; for the pop. */
export async function recentContacts(
  sql: ISql,
  {
    customerId,
    number,
    except,
    limit = 10,
  }: {
    customerId: CustomerId | null
    number: string | null
    /** The contact that rings now. */
    except: ContactId | null
    limit?: number
  },
): Promise<ContactSummary[]> {
  if (customerId === null && number === null) return []
  const whose = customerId ? sql`c.customer_id = ${customerId}` : sql`c.number = ${number}`
  return sql<ContactSummary[]>`
    ${selectSummaries(sql)} where ${whose} and c.id is distinct from ${except}::uuid
    order by c.started_at desc limit ${limit}`
}

const fromContacts = (sql: ISql) => sql`
  from contacts c
  left join customers cu on cu.id = c.customer_id
  left join people p on p.id = c.person_id
  left join users u on u.id = c.agent_id
  left join queues q on q.id = c.queue_id`

const selectSummaries = (sql: ISql) => sql`
  select c.id, c.started_at, c.ended_at, c.direction, coalesce(c.number, c.caller) as number,
    case when cu.id is not null then jsonb_build_object('id', cu.id, 'name', cu.name) end as customer,
    p.name as person_name, c.language, q.name as queue,
    case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as agent,
    c.outcome, c.waited_ms, c.talk_ms, c.disposition,
    (select csat from surveys where contact_id = c.id and csat is not null order by sent_at desc limit 1) as csat,
    (select id from recordings where contact_id = c.id and not failed order by started_at limit 1) as recording_id,
    (select t.number from ticket_contacts l join tickets t on t.id = l.ticket_id
      where l.contact_id = c.id and t.state <> 'draft' order by l.linked_at desc limit 1) as ticket_number
  ${fromContacts(sql)}`

function contactConditions(sql: ISql, filter: ContactFilter): Fragment[] {
  const { search, queueId, agentId, outcome, from, to, customerId } = filter
  return [
    ...(search ? [matching(sql, search)] : []),
    ...(queueId ? [sql`exists (select 1 from queue_entries where contact_id = c.id and queue_id = ${queueId})`] : []),
    ...(agentId ? [sql`exists (select 1 from segments where contact_id = c.id and agent_id = ${agentId})`] : []),
    ...(outcome ? [sql`c.outcome = any(${outcome.split(',')})`] : []),
    ...(from === undefined ? [] : [sql`c.started_at >= ${from}`]),
    ...(to === undefined ? [] : [sql`c.started_at < ${to}`]),
    ...(customerId ? [sql`c.customer_id = ${customerId}`] : []),
  ]
}

function matching(sql: ISql, search: string): Fragment {
  const text = containing(search.trim())
  const number = containingNumber(search) ?? text
  return sql`c.number like ${number} or c.caller ilike ${text} or cu.name ilike ${text} or cu.code like ${text}
    or p.name ilike ${text} or exists (
      select 1 from ticket_contacts l join tickets t on t.id = l.ticket_id
      where l.contact_id = c.id and t.number ilike ${text})`
}
