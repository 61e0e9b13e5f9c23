import { performance } from 'node:perf_hooks'

/** One 20 ms beat for all streams of this process: kept against the monotonic clock, missed beats are caught up. */
export const beatMs = 20
const mostCaughtUp = 25

const listeners = new Set<() => void>()
let timer: NodeJS.Timeout | undefined
let dueAt = 0

/** Calls `listener` every 20 ms until the returned function is called. */
export function onBeat(listener: () => void): () => void {
  listeners.add(listener)
  if (!timer) {
    dueAt = performance.now() + beatMs
    timer = setTimeout(beat, beatMs)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearTimeout(timer)
    timer = undefined
  }
}

function beat(): void {
  const now = performance.now()
  if (now - dueAt > mostCaughtUp * beatMs) dueAt = now
  for (; dueAt <= now; dueAt += beatMs) for (const listener of listeners) listener()
  if (listeners.size > 0) timer = setTimeout(beat, Math.max(0, dueAt - performance.now()))
}
