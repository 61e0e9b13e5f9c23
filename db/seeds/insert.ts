import { jsonb } from '../postgres/client.ts'
import type { ISql } from '../postgres/index.ts'
import type { DemoCustomer } from './customers.ts'
import type { DemoLadder } from './ladders.ts'
import type { DemoTicket } from './tickets.ts'

const batch = 500

/** All customers with people and numbers, in three statements. */
export async function insertCustomers(sql: ISql, customers: readonly DemoCustomer[]): Promise<void> {
  await sql`insert into customers ${sql(customers.map(({ people: _, ...customer }) => ({ ...customer, updatedAt: customer.createdAt })))}`
  const people = customers.flatMap((customer) => customer.people)
  await sql`insert into people ${sql(people.map(({ phones: _, ...person }) => person))}`
  const numbers = people.flatMap(({ id, phones }) =>
    phones.map((number, position) => ({ personId: id, number, position: position + 1 })),
  )
  await sql`insert into phone_numbers ${sql(numbers)}`
}

/** All ladders, a few hundred at a time. */
export async function insertLadders(sql: ISql, ladders: readonly DemoLadder[]): Promise<void> {
  for (let from = 0; from < ladders.length; from += batch) {
    const rows = ladders.slice(from, from + batch).map(({ contactId, messages }) => ({
      contactId,
      messages: jsonb(sql, messages),
    }))
    await sql`insert into sip_ladders ${sql(rows)}`
  }
}

/** All tickets with their conversations; the next ticket gets the next number. */
export async function insertTickets(sql: ISql, tickets: readonly DemoTicket[]): Promise<void> {
  await sql`insert into tickets ${sql(tickets.map(({ messages: _, ...ticket }) => ticket))}`
  const messages = tickets.flatMap(({ id, messages }) =>
    messages.map(({ author, ...message }) => ({
      ticketId: id,
      ...message,
      authorId: author.id,
      authorName: author.name,
    })),
  )
  await sql`insert into ticket_messages ${sql(messages)}`
  await sql`select setval('ticket_numbers', (select max(substr(number, 3)::bigint) from tickets))`
}
