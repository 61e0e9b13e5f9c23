import { setTimeout as sleep } from 'node:timers/promises'

/** Pauses that double from `firstMs` to at most `longestMs`. */
export function backoff(firstMs: number, longestMs: number) {
  let ms = firstMs
  return {
    /** Waits; ends early when the signal aborts. */
    async next(signal: AbortSignal): Promise<void> {
      await sleep(ms, undefined, { signal }).catch(() => undefined)
      ms = Math.min(ms * 2, longestMs)
    },
    reset(): void {
      ms = firstMs
    },
  }
}
