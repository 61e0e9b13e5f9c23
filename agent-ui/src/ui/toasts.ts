export type Toast = { id: number; kind: 'success' | 'error'; text: string }

const SHOWN_MS = { success: 3000, error: 8000 }
let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

export const dismissToast = (id: number): void => set(toasts.filter((t) => t.id !== id))

/** One short sentence at the edge of the page; the same sentence is not stacked. */
export function toast(kind: Toast['kind'], text: string): void {
  const id = nextId++
  set([...toasts.filter((t) => t.text !== text), { id, kind, text }].slice(-3))
  setTimeout(() => dismissToast(id), SHOWN_MS[kind])
}

export const readToasts = (): readonly Toast[] => toasts
export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
