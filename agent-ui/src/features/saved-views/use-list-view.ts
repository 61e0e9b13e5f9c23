import type { ListName, SavedView } from '@ringdown/core/contract'
import { useApi } from '../../api/index.ts'
import { type ColumnLayout, type Columns, type ListQuery, useColumnLayout } from '../../ui/index.ts'
import { filtersOf, isChanged } from './view-filters.ts'

/** A list as somebody looks at it: through a saved view, or none. */
export type ListView = {
  list: ListName
  query: ListQuery
  filterNames: readonly string[]
  columns: Columns
  views: readonly SavedView[]
  /** The view that is looked through; null: the whole list. */
  current: SavedView | null
  /** Whether filters, order or columns differ from the view's. */
  changed: boolean
}

/**
 * Joins a list's query and columns with its saved views; the address holds which view.
 * @param keys of the list's columns, in their own order
 * @param filterNames of the query, as the list's operation names them
 */
export function useListView(
  list: ListName,
  query: ListQuery,
  keys: readonly string[],
  filterNames: readonly string[],
): ListView {
  const views = useApi('listSavedViews', { query: { list } }, { staleTime: 60_000 }).data ?? NONE
  const id = query.filter('view')
  const current = views.find((view) => view.id === id) ?? null
  const columns = useColumnLayout(id ? `${list}.${id}` : list, keys, current?.columns as ColumnLayout | undefined)
  const changed =
    current !== null &&
    (!columns.untouched || isChanged(current, filtersOf(query, filterNames), query.sort, query.standardSort))
  return { list, query, filterNames, columns, views, current, changed }
}
const NONE: readonly SavedView[] = []
