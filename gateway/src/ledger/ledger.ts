import { type BusMessage, ContactEvent, type ContactEventOf, type ContactEventType } from '@ringdown/core/events'
import type { ContactId } from '@ringdown/core/kernel'
import { appendContactEvents, LedgerViolation, type Sql } from '@ringdown/db/postgres'
import type { Logger } from 'pino'
import type { Bus } from '../bus/bus.ts'
import { backoff } from './backoff.ts'
import { LATE_MS, type LateEvents } from './late-events.ts'

/** What an event says besides who, when and its own id. */
export type Fact<T extends ContactEventType> = Omit<ContactEventOf<T>, 'eventId' | 'contactId' | 'at' | 'type'>

/** Where call control writes what happened. Nothing on a call ever waits for it. */
export interface Ledger {
  /** Takes the event at once; it is written after those recorded before it for the same contact. */
  record<T extends ContactEventType>(contactId: ContactId, type: T, at: number, fact: Fact<T>): void
  /** Settles when all that was recorded so far for a contact is written. */
  written(contactId: ContactId): Promise<void>
  /** Events recorded and not yet written. */
  readonly pending: number
  [Symbol.asyncDispose](): Promise<void>
}

type LedgerParts = {
  sql: Sql
  bus: Pick<Bus, 'publish'>
  log: Logger
  newId: () => string
  /** Where events wait that are not written soon. */
  late: LateEvents
}

/** How long closing waits for what is not yet written. */
const CLOSING_MS = 5000

/**
 * A ledger on PostgreSQL: events of a contact in order, contacts side by side. While the database is away events are
 * kept, in Redis too, and tried again; once written they are facts and go to the bus. Offers go there at once, too: what rings does not
 * wait for the database.
 */
export function openLedger({ sql, bus, log, newId, late }: LedgerParts): Ledger {
  const queues = new Map<ContactId, ContactEvent[]>()
  const writers = new Map<ContactId, Promise<void>>()
  const closing = new AbortController()

  async function write(contactId: ContactId, queue: ContactEvent[]): Promise<void> {
    const pause = backoff(100, 5000)
    // After a refusal one by one, to find the event that is to blame: it must not hold up those behind it.
    let atOnce = Number.POSITIVE_INFINITY
    while (queue.length > 0 && !closing.signal.aborted) {
      const events = queue.slice(0, atOnce)
      const waiting = setTimeout(() => late.keep(queue), LATE_MS)
      try {
        await appendContactEvents(sql, events)
        queue.splice(0, events.length)
        late.drop(events)
        pause.reset()
        for (const event of events) await tell(event)
      } catch (error) {
        if (!isOurMistake(error)) {
          log.warn({ err: error, contactId, pending: queue.length }, 'the ledger cannot be written now; trying again')
          late.keep(queue)
          await pause.next(closing.signal)
        } else if (events.length > 1) {
          atOnce = 1
        } else {
          log.error({ err: error, event: events[0] }, 'an event was refused by the ledger and is set aside')
          late.drop(queue.splice(0, 1))
        }
      } finally {
        clearTimeout(waiting)
      }
    }
    queues.delete(contactId)
    writers.delete(contactId)
  }

  const tell = (event: ContactEvent) => publish({ kind: 'contact', event })
  const publish = (message: BusMessage) =>
    bus.publish(message).catch((error: unknown) => log.warn({ err: error }, 'a fact was not published'))

  return {
    record(contactId, type, at, fact) {
      const event = ContactEvent.parse({ eventId: newId(), contactId, at, type, ...fact })
      if (event.type === 'offer_made' || event.type === 'offer_ended') void publish({ kind: 'offer', event })
      const waiting = queues.get(contactId)
      if (waiting) {
        if (waiting[0] && late.has(waiting[0])) late.keep([event])
        waiting.push(event)
        return
      }
      const queue = [event]
      queues.set(contactId, queue)
      writers.set(contactId, write(contactId, queue))
    },
    async written(contactId) {
      await writers.get(contactId)
    },
    get pending() {
      return [...queues.values()].reduce((sum, events) => sum + events.length, 0)
    },
    async [Symbol.asyncDispose]() {
      const timer = setTimeout(() => closing.abort(), CLOSING_MS)
      await Promise.all(writers.values())
      clearTimeout(timer)
    },
  }
}

/** A broken rule or a value the schema refuses stays wrong; everything else may pass with time. */
function isOurMistake(error: unknown): boolean {
  if (error instanceof LedgerViolation) return true
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(22|23)/.test(code) && code.length === 5
}
