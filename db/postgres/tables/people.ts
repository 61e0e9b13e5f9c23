import type { Person, PersonInput } from '@ringdown/core/customer'
import { type CustomerId, err, ok, type PersonId, type Result } from '@ringdown/core/kernel'
import { type ISql, inTransaction } from '../client.ts'
import { type Change, given } from '../given.ts'

const selectPeople = (sql: ISql) => sql`
  select p.id, p.customer_id, p.name, p.title, p.email, p.language, p.notes,
    array(select number from phone_numbers where person_id = p.id order by position) as phones
  from people p`

/** People of a customer, the first written first. */
export async function listPeople(sql: ISql, customerId: CustomerId): Promise<Person[]> {
  return sql<Person[]>`${selectPeople(sql)} where p.customer_id = ${customerId} order by p.created_at, p.id`
}

export async function findPerson(sql: ISql, id: PersonId): Promise<Person | undefined> {
  const [row] = await sql<Person[]>`${selectPeople(sql)} where p.id = ${id}`
  return row
}

/** @returns `not_found`: there is no such customer */
export async function createPerson(
  sql: ISql,
  customerId: CustomerId,
  { phones, ...person }: PersonInput & { id?: PersonId },
): Promise<Result<Person, { code: 'not_found' }>> {
  return inTransaction(sql, async (tx) => {
    const [customer] = await tx`select 1 from customers where id = ${customerId} for key share`
    if (!customer) return err({ code: 'not_found' })
    const [row] = await tx<{ id: PersonId }[]>`insert into people ${tx({ customerId, ...person })} returning id`
    const { id } = row as { id: PersonId }
    await savePhones(tx, id, phones)
    return ok((await findPerson(tx, id)) as Person)
  })
}

/** @returns `not_found`: the customer has no such person */
export async function changePerson(
  sql: ISql,
  customerId: CustomerId,
  id: PersonId,
  { phones, ...change }: Change<PersonInput>,
): Promise<Result<Person, { code: 'not_found' }>> {
  return inTransaction(sql, async (tx) => {
    const [found] = await tx`select 1 from people where id = ${id} and customer_id = ${customerId} for update`
    if (!found) return err({ code: 'not_found' })
    const columns = given(change)
    if (Object.keys(columns).length > 0) await tx`update people set ${tx(columns)} where id = ${id}`
    if (phones) await savePhones(tx, id, phones)
    return ok((await findPerson(tx, id)) as Person)
  })
}

/** Contacts and tickets of the person stay with the customer. */
export async function deletePerson(
  sql: ISql,
  customerId: CustomerId,
  id: PersonId,
): Promise<Result<void, { code: 'not_found' }>> {
  const { count } = await sql`delete from people where id = ${id} and customer_id = ${customerId}`
  return count > 0 ? ok(undefined) : err({ code: 'not_found' })
}

async function savePhones(sql: ISql, personId: PersonId, phones: readonly string[]): Promise<void> {
  await sql`delete from phone_numbers where person_id = ${personId}`
  await sql`
    insert into phone_numbers (person_id, number, position)
    select ${personId}, number, min(position)
    from unnest(${[...phones]}::text[]) with ordinality as given (number, position)
    group by number`
}
