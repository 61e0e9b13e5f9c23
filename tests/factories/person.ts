import type { Person, PersonInput } from '@ringdown/core/customer'
import { type CustomerId, unwrap } from '@ringdown/core/kernel'
import { createPerson, type ISql } from '@ringdown/db/postgres'
import { aCustomer } from './customer.ts'
import { unique } from './unique.ts'

/** A person, of a customer of its own unless one is given. */
export async function aPerson(
  sql: ISql,
  { customerId, ...given }: Partial<PersonInput> & { customerId?: CustomerId } = {},
): Promise<Person> {
  const whose = customerId ?? (await aCustomer(sql)).id
  const standard = {
    name: `联系人 ${unique()}`,
    title: null,
    email: null,
    language: 'zh',
    notes: '',
    phones: [],
  } as const
  return unwrap(await createPerson(sql, whose, { ...standard, ...given, phones: given.phones ?? [] }))
}
