import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

const PAGE_SIZE = 50

/** What a list asks for, kept in the address: it can be bookmarked, shared and gone back to. */
export function useListQuery(standardSort: string) {
  const [params, setParams] = useSearchParams()
  const set = useCallback(
    (changes: Record<string, string | number | null | undefined>) => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before)
          // Another filter begins at the first page again.
          if (!('page' in changes)) next.delete('page')
          for (const [key, value] of Object.entries(changes)) {
            if (value === null || value === undefined || value === '') next.delete(key)
            else next.set(key, String(value))
          }
          return next
        },
        { replace: true },
      )
    },
    [setParams],
  )
  return useMemo(
    () => ({
      page: Math.max(1, Number(params.get('page')) || 1),
      pageSize: Number(params.get('pageSize')) || PAGE_SIZE,
      sort: params.get('sort') ?? standardSort,
      standardSort,
      search: params.get('search') ?? '',
      /** Of a filter, or of anything else the address holds; empty when it does not. */
      filter: (name: string): string => params.get(name) ?? '',
      set,
    }),
    [params, set, standardSort],
  )
}
export type ListQuery = ReturnType<typeof useListQuery>
