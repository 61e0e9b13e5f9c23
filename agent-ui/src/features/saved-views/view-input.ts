import type { SavedView, SavedViewInput } from '@ringdown/core/contract'
import type { ListView } from './use-list-view.ts'
import { filtersOf } from './view-filters.ts'

/** A list as it is looked at now, to be saved under a name. */
export const inputOf = (
  { list, query, filterNames, columns }: ListView,
  { name, sharedWith }: Pick<SavedView, 'name' | 'sharedWith'>,
): SavedViewInput =>
  ({
    list,
    name,
    sharedWith,
    filters: filtersOf(query, filterNames),
    sort: query.sort === query.standardSort ? null : query.sort,
    columns: columns.layout,
  }) as unknown as SavedViewInput
