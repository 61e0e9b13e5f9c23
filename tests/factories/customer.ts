import type { Customer, CustomerInput } from '@ringdown/core/customer'
import { unwrap } from '@ringdown/core/kernel'
import { createCustomer, type ISql } from '@ringdown/db/postgres'
import { unique } from './unique.ts'

export async function aCustomer(sql: ISql, given: Partial<CustomerInput> = {}): Promise<Customer> {
  const created = await createCustomer(sql, {
    name: `客户 ${unique()}`,
    grade: 'B',
    industry: null,
    address: null,
    language: 'zh',
    preferences: '',
    notes: '',
    tags: [],
    ...given,
  })
  return unwrap(created)
}
