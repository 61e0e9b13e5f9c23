/** RFC 3261 section 17.1.1.2 and table 4, in ms. */
export type Timers = { readonly t1: number; readonly t2: number; readonly t4: number }

export const defaultTimers: Timers = { t1: 500, t2: 4000, t4: 5000 }

/** Timers B, F, H, J, L and M: how long a transaction waits for the other side. */
export function transactionLifetime({ t1 }: Timers): number {
  return 64 * t1
}
