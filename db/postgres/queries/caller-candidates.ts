import type { CallerCandidate } from '@ringdown/core/customer'
import type { ISql } from '../client.ts'
import { customerByCode } from '../tables/customers.ts'

/** Everybody who may call from this number, for `matchCaller`. */
export async function callerCandidatesByNumber(sql: ISql, e164: string): Promise<CallerCandidate[]> {
  return sql<CallerCandidate[]>`
    select c.id as customer_id, p.id as person_id, c.name as customer_name, p.name as person_name, c.grade,
      'number' as because
    from phone_numbers n join people p on p.id = n.person_id join customers c on c.id = p.customer_id
    where n.number = ${e164} order by c.grade, c.name, p.name, p.id`
}

/** The customer of a keyed code as a candidate without a person, or null. */
export async function callerCandidateByCode(sql: ISql, code: string): Promise<CallerCandidate | null> {
  const customer = await customerByCode(sql, code)
  if (!customer) return null
  const { id: customerId, name: customerName, grade } = customer
  return { customerId, personId: null, customerName, personName: null, grade, because: 'code' }
}
