import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentEvent } from '@ringdown/core/events'
import { EventId } from '@ringdown/core/kernel'
import type { Foundation } from '../foundation.ts'

export type AgentLogParts = Pick<Foundation, 'bus' | 'log' | 'newId'> & {
  /** Appends to PostgreSQL; doing it twice changes nothing. */
  append(events: AgentEvent[]): Promise<void>
  /** Between tries while PostgreSQL is away. */
  retryMs?: number
}

/** The log of agents: told to the bus at once, written to PostgreSQL in the background in the same order. */
export type AgentLog = AsyncDisposable & {
  record(event: Omit<AgentEvent, 'eventId'>): void
  /** Settles when everything recorded so far is written. */
  written(): Promise<void>
}

const BATCH = 200
/** About a day of a busy centre without PostgreSQL. */
const KEPT = 100_000
/** How long closing waits for what is not yet written. */
const CLOSING_MS = 5_000

export function createAgentLog({ bus, log, newId, append, retryMs = 1_000 }: AgentLogParts): AgentLog {
  const pending: AgentEvent[] = []
  const closing = new AbortController()
  let writing: Promise<void> | undefined

  async function write(): Promise<void> {
    // after a refusal one by one, to find the event that is to blame
    let atOnce = BATCH
    while (pending.length > 0 && !closing.signal.aborted) {
      const batch = pending.slice(0, atOnce)
      try {
        await append(batch)
        pending.splice(0, batch.length)
      } catch (error) {
        if (!isRefusal(error)) {
          log.error({ err: error, pending: pending.length }, 'the log of agents cannot be written; trying again')
          await sleep(retryMs, undefined, { signal: closing.signal }).catch(() => undefined)
        } else if (batch.length > 1) {
          atOnce = 1
        } else {
          log.error({ err: error, event: batch[0] }, 'an agent event was refused by the database and is set aside')
          pending.shift()
        }
      }
    }
  }

  return {
    record(fields) {
      const event: AgentEvent = { ...fields, eventId: EventId.parse(newId()) }
      bus
        .publish({ kind: 'agent', event })
        .catch((error) => log.error({ err: error }, 'an agent event was not published'))
      // the first ones may be on their way
      if (pending.length >= KEPT) pending.splice(BATCH, 1)
      pending.push(event)
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
