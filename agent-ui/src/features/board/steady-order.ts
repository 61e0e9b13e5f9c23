import { useRef } from 'react'

/** Items in the order of `held`; new ones after them, gone ones left out. */
export function inOrder<T>(items: readonly T[], idOf: (item: T) => string, held: readonly string[]): T[] {
  const rank = new Map(held.map((id, i) => [id, i]))
  return items.toSorted((a, b) => (rank.get(idOf(a)) ?? held.length) - (rank.get(idOf(b)) ?? held.length))
}

/** Nothing moves under the mouse: while `holding`, rows keep the places they had. */
export function useSteadyOrder<T>(items: readonly T[], idOf: (item: T) => string, holding: boolean): T[] {
  const held = useRef<string[]>([])
  const ordered = holding ? inOrder(items, idOf, held.current) : [...items]
  held.current = ordered.map(idOf)
  return ordered
}
