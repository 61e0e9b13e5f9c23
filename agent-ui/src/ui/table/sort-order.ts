/** Ascending, descending, or not sorted by this column. */
export type Direction = 'ascending' | 'descending' | null

const fieldsOf = (sort: string): string[] => sort.split(',').filter(Boolean)
const nameOf = (word: string): string => word.replace(/^-/, '')

/** How `-startedAt,name` sorts by one column. */
export function directionOf(sort: string, key: string): Direction {
  const word = fieldsOf(sort).find((each) => nameOf(each) === key)
  return word === undefined ? null : word.startsWith('-') ? 'descending' : 'ascending'
}

/** Which of several sorted columns this is, from 1; null when it is the only one, or none. */
export function rankOf(sort: string, key: string): number | null {
  const fields = fieldsOf(sort)
  const at = fields.findIndex((each) => nameOf(each) === key)
  return at >= 0 && fields.length > 1 ? at + 1 : null
}

/**
 * The order after a click on a column: up, then down, then no more. With `add` the columns sorted by so far stay, and
 * this one counts after them. An empty text: the list's own order.
 */
export function nextSort(sort: string, key: string, add: boolean): string {
  const direction = directionOf(sort, key)
  const next = direction === null ? key : direction === 'ascending' ? `-${key}` : null
  if (!add) return next ?? ''
  const fields = fieldsOf(sort)
  if (direction === null) return [...fields, key].join(',')
  return fields.flatMap((each) => (nameOf(each) === key ? (next ?? []) : each)).join(',')
}
