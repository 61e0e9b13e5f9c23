import type { AgentEvent, ContactEvent } from '@ringdown/core/events'
import { LedgerViolation } from '@ringdown/db/postgres'
import type { EventSpool } from '@ringdown/db/redis'
import type { Bus } from '../bus/bus.ts'
import type { Foundation } from '../foundation.ts'

export type WriteSpooledParts = Pick<Foundation, 'log'> & {
  bus: Pick<Bus, 'publish'>
  spool: Pick<EventSpool, 'read' | 'drop'>
  /** Idempotent by event id. */
  appendEvents(events: ContactEvent[]): Promise<void>
  appendAgentEvents(events: AgentEvent[]): Promise<void>
}

/** Writes what a gateway could not write before it died, in its order. What the ledger refuses is set aside. */
export async function writeSpooled(parts: WriteSpooledParts, gatewayId: string): Promise<void> {
  const { bus, spool, log } = parts
  const kept = await spool.read(gatewayId)
  for (const { kind, eventId, event } of kept) {
    try {
      if (kind === 'agent') await parts.appendAgentEvents([event as AgentEvent])
      else {
        await parts.appendEvents([event as ContactEvent])
        await bus.publish({ kind: 'contact', event: event as ContactEvent })
      }
    } catch (error) {
      if (!isRefusal(error)) throw error
      log.error({ err: error, event }, 'an event that was kept for long was refused and is set aside')
    }
    await spool.drop(gatewayId, [eventId])
  }
  if (kept.length > 0) log.warn({ gatewayId, events: kept.length }, 'events were written that had waited in Redis')
}

/** A broken rule, or a value that PostgreSQL refuses (SQLSTATE classes 22 and 23). */
const isRefusal = (error: unknown): boolean =>
  error instanceof LedgerViolation || /^2[23]\w{3}$/.test(String((error as { code?: unknown } | null)?.code ?? ''))
