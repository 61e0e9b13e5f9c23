/** The list with two rows changed for each other. */
export function swapped<T>(rows: readonly T[], a: number, b: number): T[] {
  const next = [...rows]
  const [first, second] = [next[a], next[b]]
  if (first !== undefined && second !== undefined) {
    next[a] = second
    next[b] = first
  }
  return next
}

/** Positions as the rows stand. */
export const numbered = <T extends { position: number }>(rows: readonly T[]): T[] =>
  rows.map((row, position) => ({ ...row, position }))
