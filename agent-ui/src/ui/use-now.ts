import { useSyncExternalStore } from 'react'

/** One clock for all timers on the page, so that they turn together and cost one interval. */
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 500)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
const frozen = () => () => {}

/** This computer's clock, twice a second; `null` stops it. */
export function useNow(running: boolean | null = true): number {
  const ticked = useSyncExternalStore(running ? subscribe : frozen, () => now)
  return Math.max(ticked, lastRendered())
}

// @NOTE the shared clock may be up to half a second old when a component first appears.
const lastRendered = (): number => Math.floor(Date.now() / 500) * 500
