import type { EventSpool, SpooledEvent } from '@ringdown/db/redis'
import type { Logger } from 'pino'

type Event = { eventId: string }

/** Events that PostgreSQL has not taken for a while, kept in Redis too: this process may die with those in its memory. */
export type LateEvents = {
  /** Keeps those that are not kept yet. */
  keep(events: readonly Event[]): void
  /** They are written, or set aside for good. */
  drop(events: readonly Event[]): void
  has(event: Event): boolean
}

/** A writer of events waits so long for PostgreSQL before it keeps them. */
export const LATE_MS = 1000

export type LateEventsParts = {
  spool: Pick<EventSpool, 'keep' | 'drop'>
  gatewayId: string
  kind: SpooledEvent['kind']
  log: Logger
}

export function lateEvents({ spool, gatewayId, kind, log }: LateEventsParts): LateEvents {
  const kept = new Set<string>()
  return {
    keep(events) {
      const fresh = events.filter(({ eventId }) => !kept.has(eventId))
      if (fresh.length === 0) return
      for (const { eventId } of fresh) kept.add(eventId)
      const spooled = fresh.map((event) => ({ kind, eventId: event.eventId, event }))
      spool.keep(gatewayId, spooled).catch((error) => {
        log.warn({ err: error, events: fresh.length }, 'events are in the memory of this process only')
        for (const { eventId } of fresh) kept.delete(eventId)
      })
    },
    drop(events) {
      const ids = events.map(({ eventId }) => eventId).filter((id) => kept.delete(id))
      spool.drop(gatewayId, ids).catch((error) => log.warn({ err: error }, 'written events are still kept in Redis'))
    },
    has: ({ eventId }) => kept.has(eventId),
  }
}
