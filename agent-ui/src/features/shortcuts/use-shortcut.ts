import { useEffect, useEffectEvent } from 'react'
import { isTextField } from '../../ui/index.ts'
import { chordOf, matchShortcut } from './match-shortcut.ts'
import type { ShortcutId } from './shortcut-list.ts'

type Handler = (index: number) => void
const handlers = new Map<ShortcutId, Handler[]>()
const PENDING_MS = 1200
let pending: { key: string; at: number } | null = null

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || event.repeat) return
  const first = pending && Date.now() - pending.at < PENDING_MS ? pending.key : null
  pending = null
  const chord = chordOf(event)
  // A focused control that says so keeps its own space bar.
  if (chord === 'space' && event.target instanceof Element && event.target.closest('[data-keeps-space]')) return
  const { match, prefix } = matchShortcut(chord, first, isTextField(event.target))
  if (prefix) pending = { key: prefix, at: Date.now() }
  const handler = match && handlers.get(match.id)?.at(-1)
  if (!match || !handler) return
  event.preventDefault()
  handler(match.index)
}

/** Handles a shortcut while the component lives and `enabled`; the one mounted last wins. `index`: which of its keys. */
export function useShortcut(id: ShortcutId, handler: Handler, enabled = true): void {
  const newest = useEffectEvent(handler)
  useEffect(() => {
    if (!enabled) return
    const mine: Handler = (index) => newest(index)
    if (handlers.size === 0) window.addEventListener('keydown', onKeyDown)
    handlers.set(id, [...(handlers.get(id) ?? []), mine])
    return () => {
      const rest = (handlers.get(id) ?? []).filter((each) => each !== mine)
      if (rest.length > 0) handlers.set(id, rest)
      else handlers.delete(id)
      if (handlers.size === 0) window.removeEventListener('keydown', onKeyDown)
    }
  }, [id, enabled])
}
