import { useCallback, useMemo, useState } from 'react'
import { type ColumnLayout, fitLayout, sameLayout } from './column-layout.ts'
import { dropChoice, readChoice, writeChoice } from './stored-choice.ts'

export type Columns = {
  layout: ColumnLayout
  set: (layout: ColumnLayout) => void
  /** As nobody had touched it. */
  reset: () => void
  /** Whether it lies as nobody had touched it. */
  untouched: boolean
}

/**
 * The layout of a table's columns, kept on this computer under a name; another name is another layout.
 * @param given how it lies until somebody touches it; without it all columns show, in the order of `keys`
 */
export function useColumnLayout(name: string, keys: readonly string[], given?: ColumnLayout): Columns {
  const [stored, setStored] = useState(() => ({ name, layout: readChoice<ColumnLayout>(name) }))
  if (stored.name !== name) setStored({ name, layout: readChoice<ColumnLayout>(name) })
  const known = keys.join()
  const own = useMemo(() => fitLayout(known.split(','), given), [known, given])
  const layout = useMemo(
    () => (stored.layout ? fitLayout(known.split(','), stored.layout) : own),
    [known, stored.layout, own],
  )
  const set = useCallback(
    (next: ColumnLayout) => {
      writeChoice(name, next)
      setStored({ name, layout: next })
    },
    [name],
  )
  const reset = useCallback(() => {
    dropChoice(name)
    setStored({ name, layout: undefined })
  }, [name])
  return { layout, set, reset, untouched: sameLayout(layout, own) }
}
