/** How a table's columns lie: in order, with a width in CSS pixels (null: the column's own), shown or not. */
export type ColumnLayout = { key: string; width: number | null; shown: boolean }[]

export const NARROWEST = 60
export const WIDEST = 800

/** A stored layout fitted to the columns there are: unknown ones are left out, new ones come last. */
export function fitLayout(known: readonly string[], stored: ColumnLayout | undefined): ColumnLayout {
  const kept = (stored ?? []).filter(({ key }, i, all) => {
    const first = all.findIndex((other) => other.key === key) === i
    return first && known.includes(key)
  })
  const fresh = known.filter((key) => !kept.some((column) => column.key === key))
  return [...kept, ...fresh.map((key) => ({ key, width: null, shown: true }))]
}

/** Moves a column to stand before another one; null: to the end. */
export function moveColumn(layout: ColumnLayout, key: string, before: string | null): ColumnLayout {
  const moved = layout.find((column) => column.key === key)
  if (!moved || before === key) return layout
  const rest = layout.filter((column) => column.key !== key)
  const at = before === null ? rest.length : rest.findIndex((column) => column.key === before)
  return at < 0 ? layout : rest.toSpliced(at, 0, moved)
}

/** Moves a column by places, not beyond the ends. */
export function stepColumn(layout: ColumnLayout, key: string, places: number): ColumnLayout {
  const from = layout.findIndex((column) => column.key === key)
  const moved = layout[from]
  if (!moved) return layout
  const to = Math.max(0, Math.min(layout.length - 1, from + places))
  return layout.toSpliced(from, 1).toSpliced(to, 0, moved)
}

/** Null gives the column its own width back. */
export const resizeColumn = (layout: ColumnLayout, key: string, width: number | null): ColumnLayout =>
  layout.map((column) =>
    column.key === key
      ? { ...column, width: width === null ? null : Math.round(Math.max(NARROWEST, Math.min(WIDEST, width))) }
      : column,
  )

/** The last column that is shown stays shown: a table without columns shows nothing to click. */
export function showColumn(layout: ColumnLayout, key: string, shown: boolean): ColumnLayout {
  if (!shown && layout.every((column) => column.key === key || !column.shown)) return layout
  return layout.map((column) => (column.key === key ? { ...column, shown } : column))
}

export const sameLayout = (a: ColumnLayout, b: ColumnLayout): boolean => JSON.stringify(a) === JSON.stringify(b)
