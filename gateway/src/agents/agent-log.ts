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
export type AgentLog = {
  record(event: Omit<AgentEvent, 'eventId'>): void
  /** Resolves when everything recorded so far is written. */
  written(): Promise<void>
}

const BATCH = 200
/** About a day of a busy centre without PostgreSQL. */
const KEPT = 100_000

export function createAgentLog({ bus, log, newId, append, retryMs = 1_000 }: AgentLogParts): AgentLog {
  const pending: AgentEvent[] = []
  let writing: Promise<void> | undefined

  async function write(): Promise<void> {
    while (pending.length > 0) {
      const batch = pending.slice(0, BATCH)
      try {
        await append(batch)
        pending.splice(0, batch.length)
      } catch (error) {
        log.error({ err: error, pending: pending.length }, 'the log of agents cannot be written; trying again')
        await new Promise((resolve) => setTimeout(resolve, retryMs))
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
      while (writing) await writing
    },
  }
}
