import type { SavedView } from '@ringdown/core/contract'
import type { ListQuery } from '../../ui/index.ts'

type Filters = Record<string, string>

/** The filters that are set in the address. */
export const filtersOf = (query: Pick<ListQuery, 'filter'>, names: readonly string[]): Filters =>
  Object.fromEntries(names.map((name) => [name, query.filter(name)]).filter(([, value]) => value))

/** A view's filters as the address writes them. */
export const writtenFilters = (view: Pick<SavedView, 'filters'>): Filters =>
  Object.fromEntries(
    Object.entries(view.filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )

/** Whether a list is filtered or sorted otherwise than a view says. */
export function isChanged(
  view: Pick<SavedView, 'filters' | 'sort'>,
  filters: Filters,
  sort: string,
  standardSort: string,
): boolean {
  const own = writtenFilters(view)
  const names = new Set([...Object.keys(own), ...Object.keys(filters)])
  return sort !== (view.sort ?? standardSort) || [...names].some((name) => own[name] !== filters[name])
}
