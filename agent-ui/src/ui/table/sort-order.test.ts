import { expect, it } from 'vitest'
import { directionOf, nextSort, rankOf } from './sort-order.ts'

it('sorts by one column: up, down, no more', () => {
  expect(nextSort('-startedAt', 'name', false)).toBe('name')
  expect(nextSort('name', 'name', false)).toBe('-name')
  expect(nextSort('-name', 'name', false)).toBe('')
})

it('adds a column after those sorted by, turns it in its place, and takes it out', () => {
  expect(nextSort('state', 'priority', true)).toBe('state,priority')
  expect(nextSort('state,priority', 'state', true)).toBe('-state,priority')
  expect(nextSort('-state,priority', 'state', true)).toBe('priority')
})

it('tells direction and rank', () => {
  expect([directionOf('-a,b', 'a'), directionOf('-a,b', 'b'), directionOf('-a,b', 'c')]).toEqual([
    'descending',
    'ascending',
    null,
  ])
  expect([rankOf('-a,b', 'b'), rankOf('a', 'a'), rankOf('a,b', 'c')]).toEqual([2, null, null])
})
