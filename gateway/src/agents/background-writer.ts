import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { LATE_MS } from '../ledger/late-events.ts'

export type BackgroundWriterParts<T> = {
  /** Writes to PostgreSQL; doing it twice changes nothing. */
  append(items: T[]): Promise<void>
  log: Logger
  /** What is written, for the log: `the log of agents`. */
  what: string
  /** More are not kept while PostgreSQL is away; the oldest go. */
  kept: number
  /** Where items wait that are not written soon; without it they wait in memory only. */
  late?: { keep(items: readonly T[]): void; drop(items: readonly T[]): void }
  /** Between tries while PostgreSQL is away. */
  retryMs?: number
}

/** Writes in the background, in order and in batches. */
export type BackgroundWriter<T> = AsyncDisposable & {
  push(item: T): void
  /** Settles when everything pushed so far is written. */
  written(): Promise<void>
}

const BATCH = 200
/** How long closing waits for what is not yet written. */
const CLOSING_MS = 5_000

export function createBackgroundWriter<T>(parts: BackgroundWriterParts<T>): BackgroundWriter<T> {
  const { append, log, what, kept, late, retryMs = 1_000 } = parts
  const pending: T[] = []
  const closing = new AbortController()
  let writing: Promise<void> | undefined

  async function write(): Promise<void> {
    // after a refusal one by one, to find the item that is to blame
    let atOnce = BATCH
    while (pending.length > 0 && !closing.signal.aborted) {
      const batch = pending.slice(0, atOnce)
      const waiting = setTimeout(() => late?.keep(pending), LATE_MS)
      try {
        await append(batch)
        pending.splice(0, batch.length)
        late?.drop(batch)
      } catch (error) {
        if (!isRefusal(error)) {
          log.error({ err: error, pending: pending.length }, `${what} cannot be written; trying again`)
          late?.keep(pending)
          await sleep(retryMs, undefined, { signal: closing.signal }).catch(() => undefined)
        } else if (batch.length > 1) {
          atOnce = 1
        } else {
          log.error({ err: error, refused: batch[0] }, `a part of ${what} was refused by the database and is set aside`)
          pending.splice(0, 1)
          late?.drop(batch)
        }
      } finally {
        clearTimeout(waiting)
      }
    }
  }

  return {
    push(item) {
      // the first ones may be on their way
      if (pending.length >= kept) pending.splice(BATCH, 1)
      pending.push(item)
      writing ??= write().finally(() => {
        writing = undefined
      })
    },
    async written() {
      await writing
    },
    async [Symbol.asyncDispose]() {
      const timer = setTimeout(() => closing.abort(), CLOSING_MS)
      await writing
      clearTimeout(timer)
    },
  }
}

/** A value or reference that PostgreSQL refuses stays refused (SQLSTATE classes 22 and 23); all else may pass with time. */
const isRefusal = (error: unknown): boolean =>
  /^2[23]\w{3}$/.test(String((error as { code?: unknown } | null)?.code ?? ''))
