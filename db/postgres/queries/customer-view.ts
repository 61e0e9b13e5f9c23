import type { CustomerView } from '@ringdown/core/contract'
import type { CustomerId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'
import { findCustomer } from '../tables/customers.ts'
import { listPeople } from '../tables/people.ts'

/** A customer with its people. */
export async function findCustomerView(sql: ISql, id: CustomerId): Promise<CustomerView | undefined> {
  const [customer, people] = await Promise.all([findCustomer(sql, id), listPeople(sql, id)])
  if (!customer) return undefined
  const { updatedAt: _, ...view } = customer
  return { ...view, people }
}
