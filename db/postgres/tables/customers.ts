import type { CustomerSummary } from '@ringdown/core/contract'
import type { Customer, CustomerInput } from '@ringdown/core/customer'
import { type CustomerId, err, ok, type Result } from '@ringdown/core/kernel'
import { duplicateOf, type ISql, inTransaction } from '../client.ts'
import { type Change, given } from '../given.ts'
import {
  containing,
  containingNumber,
  limitTo,
  orderBy,
  type Page,
  type PageRequest,
  type SortFields,
  where,
} from '../page.ts'

export type CustomerDuplicate = { code: 'duplicate'; field: 'code' }

const columns = (sql: ISql) => sql`
  id, code, name, grade, industry, address, language, preferences, notes, tags, created_at, updated_at, version`

export async function findCustomer(sql: ISql, id: CustomerId): Promise<Customer | undefined> {
  const [row] = await sql<Customer[]>`select ${columns(sql)} from customers where id = ${id}`
  return row
}

/** The customer whose code a caller keyed in. */
export async function customerByCode(sql: ISql, code: string): Promise<Customer | undefined> {
  const [row] = await sql<Customer[]>`select ${columns(sql)} from customers where code = ${code}`
  return row
}

/** Without a code the customer gets the next free one. */
export async function createCustomer(
  sql: ISql,
  input: Omit<CustomerInput, 'code'> & { code?: string | undefined; id?: CustomerId },
): Promise<Result<Customer, CustomerDuplicate>> {
  const code = input.code ?? (await nextCode(sql))
  const [row] = await sql<Customer[]>`
    insert into customers ${sql({ ...input, code })} on conflict (code) do nothing returning ${columns(sql)}`
  return row ? ok(row) : err({ code: 'duplicate', field: 'code' })
}

/** Changes what is given if nobody changed the customer since `version` was read. */
export async function changeCustomer(
  sql: ISql,
  id: CustomerId,
  { version, ...change }: Change<CustomerInput> & { version: number },
): Promise<Result<Customer, CustomerDuplicate | { code: 'stale' } | { code: 'not_found' }>> {
  const changed = { ...given(change), version: version + 1 }
  try {
    return await inTransaction(sql, async (tx) => {
      const [row] = await tx<Customer[]>`
        update customers set ${tx(changed)}, updated_at = now()
        where id = ${id} and version = ${version} returning ${columns(tx)}`
      if (row) return ok(row)
      return err({ code: (await findCustomer(tx, id)) ? 'stale' : 'not_found' })
    })
  } catch (error) {
    if (duplicateOf(error) === 'customers_code') return err({ code: 'duplicate', field: 'code' })
    throw error
  }
}

/** Customers whose name, code, person or number contains the text. Sorted by name unless said. */
export async function listCustomers(
  sql: ISql,
  { search, grade, ...page }: PageRequest & { search?: string | undefined; grade?: string | undefined },
): Promise<Page<CustomerSummary>> {
  const conditions = [
    ...(search ? [matching(sql, search)] : []),
    ...(grade ? [sql`c.grade = any(${grade.split(',')})`] : []),
  ]
  const lastContactAt = sql`(select max(started_at) from contacts where customer_id = c.id)`
  const openTickets = sql`(select count(*) from tickets where customer_id = c.id and state in ('open', 'pending'))`
  const people = sql`(select count(*) from people where customer_id = c.id)`
  const sortable = {
    name: sql`c.name`,
    code: sql`c.code`,
    grade: sql`c.grade`,
    people,
    openTickets,
    lastContactAt,
    createdAt: sql`c.created_at`,
  } satisfies SortFields<'customers'>
  const [items, [counted]] = await Promise.all([
    sql<CustomerSummary[]>`
      select c.id, c.code, c.name, c.grade, ${people} as people, ${openTickets} as open_tickets,
        ${lastContactAt} as last_contact_at
      from customers c ${where(sql, conditions)}
      ${orderBy(sql, page.sort, sortable, 'name', sql`c.id`)} ${limitTo(sql, page)}`,
    sql<{ total: number }[]>`select count(*) as total from customers c ${where(sql, conditions)}`,
  ])
  return { items, total: counted?.total ?? 0, page: page.page, pageSize: page.pageSize }
}

function matching(sql: ISql, search: string) {
  const text = containing(search.trim())
  const number = containingNumber(search)
  const byNumber = number
    ? sql`or exists (select 1 from people p join phone_numbers n on n.person_id = p.id
        where p.customer_id = c.id and n.number like ${number})`
    : sql``
  return sql`c.name ilike ${text} or c.code like ${text}
    or exists (select 1 from people p where p.customer_id = c.id and p.name ilike ${text}) ${byNumber}`
}

async function nextCode(sql: ISql): Promise<string> {
  for (;;) {
    const [row] = await sql<{ code: string }[]>`select nextval('customer_codes')::text as code`
    const code = (row as { code: string }).code
    const [taken] = await sql`select 1 from customers where code = ${code}`
    if (!taken) return code
  }
}
