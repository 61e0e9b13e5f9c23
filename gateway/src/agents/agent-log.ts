import type { AgentEvent } from '@ringdown/core/events'
import { EventId } from '@ringdown/core/kernel'
import type { Foundation } from '../foundation.ts'
import type { LateEvents } from '../ledger/late-events.ts'
import { createBackgroundWriter } from './background-writer.ts'

export type AgentLogParts = Pick<Foundation, 'bus' | 'log' | 'newId'> & {
  /** Appends to PostgreSQL; doing it twice changes nothing. */
  append(events: AgentEvent[]): Promise<void>
  /** Where events wait that are not written soon. */
  late?: LateEvents
  /** Between tries while PostgreSQL is away. */
  retryMs?: number
}

/** The log of agents: told to the bus at once, written to PostgreSQL in the background in the same order. */
export type AgentLog = AsyncDisposable & {
  record(event: Omit<AgentEvent, 'eventId'>): void
  /** Settles when everything recorded so far is written. */
  written(): Promise<void>
}

/** About a day of a busy centre without PostgreSQL. */
const KEPT = 100_000

export function createAgentLog({ bus, newId, ...parts }: AgentLogParts): AgentLog {
  const writer = createBackgroundWriter({ ...parts, what: 'the log of agents', kept: KEPT })
  return {
    record(fields) {
      const event: AgentEvent = { ...fields, eventId: EventId.parse(newId()) }
      bus
        .publish({ kind: 'agent', event })
        .catch((error) => parts.log.error({ err: error }, 'an agent event was not published'))
      writer.push(event)
    },
    written: writer.written,
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  }
}
