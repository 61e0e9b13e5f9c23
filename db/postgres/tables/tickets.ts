import type { TicketSummary } from '@ringdown/core/contract'
import {
  type ContactId,
  type CustomerId,
  err,
  type IllegalTransition,
  ok,
  type Result,
  type TicketId,
  type UserId,
} from '@ringdown/core/kernel'
import { type Ticket, type TicketInput, type TicketState, ticketState } from '@ringdown/core/ticket'
import { type ISql, inTransaction } from '../client.ts'
import { type Change, given } from '../given.ts'
import {
  containing,
  type Fragment,
  limitTo,
  orderBy,
  type Page,
  type PageRequest,
  type SortFields,
  where,
} from '../page.ts'

const selectTickets = (sql: ISql) => sql`
  select t.id, t.number, t.subject, t.state, t.priority, t.category, t.channel, t.customer_id, t.person_id,
    t.assignee_id, t.due_at, t.created_at, t.updated_at, t.version,
    array(select contact_id from ticket_contacts where ticket_id = t.id order by linked_at, contact_id) as contact_ids
  from tickets t`

export async function findTicket(sql: ISql, id: TicketId): Promise<Ticket | undefined> {
  const [row] = await sql<Ticket[]>`${selectTickets(sql)} where t.id = ${id}`
  return row
}

/**
 * Gives it the next number. A draft comes from a call and waits for its agent.
 * @param ticket with `callId`, the call that left it: a call leaves one
 */
export async function createTicket(
  sql: ISql,
  ticket: TicketInput &
    Pick<Ticket, 'channel'> & { state: 'draft' | 'open' | 'solved'; id?: TicketId; callId?: ContactId },
): Promise<Ticket> {
  const [row] = await sql<{ id: TicketId }[]>`insert into tickets ${sql(ticket)} returning id`
  return (await findTicket(sql, (row as { id: TicketId }).id)) as Ticket
}

export type TicketChange = Change<TicketInput & { state: TicketState }> & { version: number }
export type TicketRefusal = { code: 'stale' } | { code: 'not_found' } | IllegalTransition

/** Changes what is given if nobody changed the ticket since `version` was read and the new state is a legal move. */
export async function changeTicket(
  sql: ISql,
  id: TicketId,
  { version, ...change }: TicketChange,
): Promise<Result<Ticket, TicketRefusal>> {
  return inTransaction(sql, async (tx) => {
    const [before] = await tx<{ state: TicketState; version: number }[]>`
      select state, version from tickets where id = ${id} for update`
    if (!before) return err({ code: 'not_found' })
    if (before.version !== version) return err({ code: 'stale' })
    if (change.state && !canBecome(before.state, change.state)) {
      return err({ code: 'illegal_transition', from: before.state, on: change.state })
    }
    const changed = { ...given(change), version: version + 1 }
    await tx`update tickets set ${tx(changed)}, updated_at = now() where id = ${id}`
    return ok((await findTicket(tx, id)) as Ticket)
  })
}

/** Throws a draft away: its number is not used again. */
export async function discardDraft(sql: ISql, id: TicketId): Promise<boolean> {
  const { count } = await sql`delete from tickets where id = ${id} and state = 'draft'`
  return count > 0
}

/** The one ticket that a call left: a draft of the system, or what an agent made of it. */
export async function findTicketOfCall(sql: ISql, callId: ContactId): Promise<Ticket | undefined> {
  const [row] = await sql<Ticket[]>`${selectTickets(sql)} where t.call_id = ${callId}`
  return row
}

/** Writes the system's draft anew, unless somebody changed it: its version stays the first. */
export async function rewriteDraft(sql: ISql, id: TicketId, draft: TicketInput): Promise<void> {
  await sql`update tickets set ${sql(draft)} where id = ${id} and state = 'draft' and version = 1`
}

export type TicketFilter = {
  search?: string | undefined
  /** One state or several, comma-separated. Drafts are left out unless asked for. */
  state?: string | undefined
  assigneeId?: UserId | 'none' | undefined
  customerId?: CustomerId | undefined
  contactId?: ContactId | undefined
  priority?: string | undefined
}

/** Tickets, newest first unless said. Search looks at number, subject and customer. */
export async function listTickets(sql: ISql, filter: TicketFilter & PageRequest): Promise<Page<TicketSummary>> {
  const conditions = where(sql, ticketConditions(sql, filter))
  const sortable = {
    number: sql`t.number`,
    subject: sql`t.subject`,
    state: sql`array_position(array['draft', 'open', 'pending', 'solved', 'closed'], t.state)`,
    priority: sql`array_position(array['low', 'normal', 'high', 'urgent'], t.priority)`,
    category: sql`t.category`,
    customer: sql`c.name`,
    assignee: sql`u.name`,
    dueAt: sql`t.due_at`,
    createdAt: sql`t.created_at`,
    updatedAt: sql`t.updated_at`,
  } satisfies SortFields<'tickets'>
  const from = sql`from tickets t left join customers c on c.id = t.customer_id left join users u on u.id = t.assignee_id`
  const [items, [counted]] = await Promise.all([
    sql<TicketSummary[]>`
      select t.id, t.number, t.subject, t.state, t.priority, t.category, t.due_at, t.created_at, t.updated_at, t.version,
        case when c.id is not null then jsonb_build_object('id', c.id, 'name', c.name) end as customer,
        case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as assignee
      ${from} ${conditions} ${orderBy(sql, filter.sort, sortable, '-createdAt', sql`t.id`)} ${limitTo(sql, filter)}`,
    sql<{ total: number }[]>`select count(*) as total ${from} ${conditions}`,
  ])
  return { items, total: counted?.total ?? 0, page: filter.page, pageSize: filter.pageSize }
}

function ticketConditions(sql: ISql, filter: TicketFilter): Fragment[] {
  const text = containing(filter.search?.trim() ?? '')
  return [
    filter.state ? sql`t.state = any(${filter.state.split(',')})` : sql`t.state <> 'draft'`,
    ...(filter.search ? [sql`t.number ilike ${text} or t.subject ilike ${text} or c.name ilike ${text}`] : []),
    ...(filter.assigneeId === 'none' ? [sql`t.assignee_id is null`] : []),
    ...(filter.assigneeId && filter.assigneeId !== 'none' ? [sql`t.assignee_id = ${filter.assigneeId}`] : []),
    ...(filter.customerId ? [sql`t.customer_id = ${filter.customerId}`] : []),
    ...(filter.priority ? [sql`t.priority = any(${filter.priority.split(',')})`] : []),
    ...(filter.contactId
      ? [sql`exists (select 1 from ticket_contacts where ticket_id = t.id and contact_id = ${filter.contactId})`]
      : []),
  ]
}

function canBecome(from: TicketState, to: TicketState): boolean {
  const moves = ['open', 'wait', 'solve', 'reopen', 'close'] as const
  return (
    from === to ||
    moves.some((type) => {
      const step = ticketState.step({ state: from }, { type })
      return step.ok && step.value.state === to
    })
  )
}
