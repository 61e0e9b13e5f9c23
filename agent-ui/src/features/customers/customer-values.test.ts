import { expect, it } from 'vitest'
import { emptyCustomer, inputOf } from './customer-values.ts'

it('reads tags by commas of both languages, and empty texts as nothing', () => {
  const input = inputOf({ ...emptyCustomer, name: ' 华芯 ', industry: ' ', tags: '重点客户，年框, VIP、 ' })
  expect(input).toMatchObject({ name: '华芯', industry: null, tags: ['重点客户', '年框', 'VIP'] })
})
