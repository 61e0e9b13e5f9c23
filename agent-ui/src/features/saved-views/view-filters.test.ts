import type { SavedView } from '@ringdown/core/contract'
import { expect, it } from 'vitest'
import { filtersOf, isChanged, writtenFilters } from './view-filters.ts'

const view = { filters: { state: 'open', from: 1700 }, sort: null } as unknown as SavedView

it('takes the filters that are set from the address, and writes those of a view as it does', () => {
  const query = { filter: (name: string) => ({ state: 'open', from: '1700', page: '3' })[name] ?? '' }
  expect(filtersOf(query, ['state', 'from', 'search'])).toEqual({ state: 'open', from: '1700' })
  expect(writtenFilters(view)).toEqual({ state: 'open', from: '1700' })
})

it('finds a list unchanged when it is filtered and sorted as the view says', () => {
  expect(isChanged(view, { state: 'open', from: '1700' }, '-updatedAt', '-updatedAt')).toBe(false)
  expect(isChanged(view, { state: 'open' }, '-updatedAt', '-updatedAt')).toBe(true)
  expect(isChanged(view, { state: 'open', from: '1700', search: 'x' }, '-updatedAt', '-updatedAt')).toBe(true)
  expect(isChanged(view, { state: 'open', from: '1700' }, 'number', '-updatedAt')).toBe(true)
})
