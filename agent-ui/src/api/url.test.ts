import { expect, it } from 'vitest'
import { urlOf } from './url.ts'

it('fills path parameters, escaped', () => {
  expect(urlOf('/api/callers/{number}', { number: '+86 139/1' })).toBe('/api/callers/%2B86%20139%2F1')
})

it('leaves out what is not asked', () => {
  expect(urlOf('/api/tickets', {}, { page: 2, search: '', state: undefined })).toBe('/api/tickets?page=2')
})
