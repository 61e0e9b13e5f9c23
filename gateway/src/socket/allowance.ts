/** So many at once, and so many a second on average. */
export type Rate = { burst: number; perSecond: number }

/** What each key may still do. */
export type Allowance = {
  /** Takes one. @returns 0, or how long to wait in ms for one that can be had */
  take(key: string): number
}

/** Keys are forgotten when more than this many are kept and they may do everything again. */
const KEPT = 1_000

/**
 * A bucket of tokens per key (the generic cell rate algorithm): all it keeps is the instant at which a key's bucket will
 * be full again, and what is refused costs nothing.
 */
export function createAllowance({ burst, perSecond }: Rate, clock: () => number): Allowance {
  const everyMs = 1000 / perSecond
  const fullAt = new Map<string, number>()

  function forgetFull(now: number): void {
    for (const [key, at] of fullAt) if (at <= now) fullAt.delete(key)
  }

  return {
    take(key) {
      const now = clock()
      const until = Math.max(fullAt.get(key) ?? 0, now)
      const waitMs = until - now - (burst - 1) * everyMs
      if (waitMs > 0) return Math.ceil(waitMs)
      if (fullAt.size >= KEPT) forgetFull(now)
      fullAt.set(key, until + everyMs)
      return 0
    },
  }
}
