import type { DeskView } from '@ringdown/core/contract'
import { useSyncExternalStore } from 'react'
import { command, onConnected, onServerEvent } from '../../realtime/index.ts'
import { type DeskState, nothingYet, receive } from './desk-reducer.ts'

let state: DeskState = nothingYet
const listeners = new Set<() => void>()

export function takeView(view: DeskView): void {
  const next = receive(state, view, Date.now())
  if (next === state) return
  state = next
  for (const listener of listeners) listener()
}

export const readDesk = (): DeskState => state

export function subscribeDesk(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Follows the server: every change, and the whole desk at each (re)connection. Returns how to stop and forget. */
export function followDesk(): () => void {
  const stops = [
    onServerEvent('desk:changed', takeView),
    onConnected(() => void command('desk:read', {}).then(takeView, () => {})),
  ]
  return () => {
    for (const stop of stops) stop()
    state = nothingYet
    for (const listener of listeners) listener()
  }
}

/** The live desk; `view` is null until the server first told it. */
export const useDesk = (): DeskState => useSyncExternalStore(subscribeDesk, readDesk)
