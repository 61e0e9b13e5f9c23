import { deleteDecisions, type Sql } from '@ringdown/db/postgres'
import type { Logger } from 'pino'

export type ForgettingParts = { sql: Sql; log: Logger; clock: () => number }

/** Why a contact went where it went is kept so long. */
export const DECISIONS_KEPT_MS = 30 * 86_400_000
const EVERY_MS = 3_600_000
const BATCH = 5_000

/** Deletes the reasons of routing that are too old, now and each hour, until disposed. Several workers may do so. */
export function startForgetting({ sql, log, clock }: ForgettingParts): Disposable {
  let busy = false
  async function forget(): Promise<void> {
    while ((await deleteDecisions(sql, clock() - DECISIONS_KEPT_MS, BATCH)) === BATCH);
  }
  function start(): void {
    if (busy) return
    busy = true
    forget()
      .catch((error) => log.error({ err: error }, 'old reasons of routing were not deleted; trying again in an hour'))
      .finally(() => {
        busy = false
      })
  }
  start()
  const timer = setInterval(start, EVERY_MS)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
