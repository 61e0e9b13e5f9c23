import type { Logger } from 'pino'

export type RefusalReason = 'unknown_source' | 'trunk_full' | 'number_not_carried'

/** Refused calls: all are counted, few are logged. */
export type Refusals = {
  note(reason: RefusalReason, call: { source: string; called: string; from: string; trunk: string | null }): void
  counts(): ReadonlyMap<RefusalReason, number>
}

/** A scanner tries many times a second: of each reason one line is logged in this time. */
const QUIET_MS = 10_000

export function createRefusals(clock: () => number, log: Logger): Refusals {
  const counts = new Map<RefusalReason, number>()
  const logged = new Map<RefusalReason, { at: number; count: number }>()
  return {
    note(reason, call) {
      const count = (counts.get(reason) ?? 0) + 1
      counts.set(reason, count)
      const last = logged.get(reason)
      if (last && clock() - last.at < QUIET_MS) return
      logged.set(reason, { at: clock(), count })
      log.warn({ ...call, reason, unlogged: last ? count - last.count - 1 : 0 }, 'a call was refused')
    },
    counts: () => counts,
  }
}
