import type { ListName, SORTABLE } from '@ringdown/core/contract'
import type postgres from 'postgres'
import type { ISql } from './client.ts'

/** As `PageQuery` of the contract. */
export type PageRequest = { page: number; pageSize: number; sort?: string | undefined }
export type Page<T> = { items: T[]; total: number; page: number; pageSize: number }
/** A part of a query, or a whole one that was not sent yet. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>

/** The columns that a list can be sorted by, as the contract names them. */
export type SortFields<L extends ListName> = Record<(typeof SORTABLE)[L][number], Fragment>

/** `limit … offset …` of a page. */
export const limitTo = (sql: ISql, { page, pageSize }: PageRequest): Fragment =>
  sql`limit ${pageSize} offset ${(page - 1) * pageSize}`

/**
 * `order by …` for a request such as `-updatedAt,name`: only the columns named in `columns` count, unknown ones are
 * ignored, and `last` (unique) makes pages stable.
 */
export function orderBy(
  sql: ISql,
  sort: string | undefined,
  columns: Readonly<Record<string, Fragment>>,
  standard: string,
  last: Fragment,
): Fragment {
  const wanted = parseSort(sort ?? '', columns)
  const keys = wanted.length > 0 ? wanted : parseSort(standard, columns)
  const parts = keys.map(({ column, descending }) =>
    descending ? sql`${column} desc nulls last,` : sql`${column} asc nulls last,`,
  )
  return sql`order by ${parts} ${last}`
}

function parseSort(sort: string, columns: Readonly<Record<string, Fragment>>) {
  return sort.split(',').flatMap((word) => {
    const descending = word.startsWith('-')
    const name = descending ? word.slice(1) : word
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined
    return column ? [{ column, descending }] : []
  })
}

/** `where a and b`, or nothing. */
export function where(sql: ISql, conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0
    ? sql``
    : sql`where ${conditions.map((condition, i) => (i === 0 ? sql`(${condition})` : sql` and (${condition})`))}`
}

/** A pattern for `ilike` that finds the text anywhere and takes `%`, `_` and `\` by their letter. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The pattern for a phone number typed in any form, or null where the text has fewer than three digits or letters. */
export function containingNumber(text: string): string | null {
  const digits = text.replace(/[\s\-().]/g, '').replace(/^\+/, '')
  return /^\d{3,}$/.test(digits) ? `%${digits}%` : null
}
