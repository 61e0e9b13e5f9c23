import { type KeyboardEvent, useState } from 'react'

/**
 * Rows as one stop of the Tab key: arrows, Home and End move among them, Enter opens. Returns what a row needs; `index`
 * is its place on the page.
 */
export function useRowKeys(count: number) {
  const [current, setCurrent] = useState(0)
  const reachable = Math.min(current, Math.max(0, count - 1))
  return (index: number, open: () => void) => ({
    tabIndex: index === reachable ? 0 : -1,
    onFocus: () => setCurrent(index),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.target !== event.currentTarget) return
      const row = event.currentTarget
      const rows = [...(row.parentElement?.querySelectorAll<HTMLElement>('tr[tabindex]') ?? [])]
      const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key]
      if (event.key === 'Enter') open()
      else if (to !== undefined && rows[to]) rows[to].focus()
      else return
      event.preventDefault()
    },
  })
}
