import { useSyncExternalStore } from 'react'
import { type Appearance, paint } from '../../theme.ts'

export type ThemeChoice = 'system' | Appearance

const STORED = 'ringdown.theme'
const systemDark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
let choice = (localStorage.getItem(STORED) ?? 'system') as ThemeChoice

const read = (): Appearance => (choice === 'system' ? (systemDark.matches ? 'dark' : 'light') : choice)
function repaint(): void {
  paint(read())
  for (const listener of listeners) listener()
}
systemDark.addEventListener('change', repaint)
paint(read())

export function chooseTheme(next: ThemeChoice): void {
  choice = next
  localStorage.setItem(STORED, next)
  repaint()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Light or dark, as chosen or as the system says. */
export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, read)
