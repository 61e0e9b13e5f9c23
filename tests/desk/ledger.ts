import { drift } from '@ringdown/core/contact'
import type { ContactView } from '@ringdown/core/contract'
import { type ContactId, QueueId } from '@ringdown/core/kernel'
import { findContactView, type ISql, queueBalance } from '@ringdown/db/postgres'
import type { Call } from '../sip/index.ts'
import { until } from './until.ts'

/** The record of the desk's calls, as PostgreSQL has it. */
export class LedgerReader {
  readonly #sql: ISql

  constructor(sql: ISql) {
    this.#sql = sql
  }

  /** The contact of a caller's call, once its first event is written. */
  async contactId(call: Pick<Call, 'id'>): Promise<ContactId> {
    const read = async () => {
      const [row] = await this.#sql<{ id: ContactId }[]>`select id from contacts where sip_call_id = ${call.id}`
      return row?.id
    }
    return until(`the contact of call ${call.id}`, read)
  }

  /** Waits until the record of a call looks so, and returns it. */
  async shows(
    call: Pick<Call, 'id'>,
    what: string,
    looks: (contact: ContactView) => boolean,
    withinMs = 10_000,
  ): Promise<ContactView> {
    const id = await this.contactId(call)
    let view: ContactView | undefined
    const read = async () => {
      view = await findContactView(this.#sql, id)
      return view && looks(view) ? view : null
    }
    const seen = () => view && { ...outline(view), events: view.events.map(({ type }) => type) }
    return until(`a contact with ${what}`, read, { withinMs, seen })
  }

  /** How so many offers of a call ended, in their order. They are written beside what followed from them, not before it. */
  async offersEnded(call: Pick<Call, 'id'>, count: number): Promise<ContactView['events']> {
    const endedIn = ({ events }: ContactView) => events.filter(({ type }) => type === 'offer_ended')
    return endedIn(await this.shows(call, `${count} ended offers`, (c) => endedIn(c).length === count))
  }

  /** The record of a call that is over, its recordings closed. */
  ended(call: Pick<Call, 'id'>): Promise<ContactView> {
    const closed = ({ state }: ContactView['recordings'][number]) => state !== 'recording'
    return this.shows(call, 'its end', (c) => c.termination !== null && c.recordings.every(closed))
  }

  /**
   * Asserts of every queue that offered = answered + abandoned + flowed out + waiting, and, when nobody is left in the
   * house, that nobody waits. The ledger may be a moment behind the calls: it is given two seconds.
   */
  async balance({ nobodyWaits = false } = {}): Promise<void> {
    let faults: string[] = []
    const balanced = async () => {
      const queues = await this.#sql<{ id: string; key: string }[]>`select id, key from queues order by key`
      const found = queues.map(async ({ id, key }) => {
        const figures = await queueBalance(this.#sql, QueueId.parse(id), 0, Date.now() + 60_000)
        const wrong = drift(figures) !== 0 || (nobodyWaits && figures.waiting !== 0)
        return wrong ? [`${key}: ${JSON.stringify(figures)}`] : []
      })
      faults = (await Promise.all(found)).flat()
      return faults.length === 0
    }
    await until('a balanced ledger', balanced, { withinMs: 2000, seen: () => faults })
  }

  /** Contacts that have not ended. */
  async alive(): Promise<ContactId[]> {
    const rows = await this.#sql<{ id: ContactId }[]>`select id from contacts where ended_at is null`
    return rows.map(({ id }) => id)
  }
}

const outline = ({ entries, termination }: ContactView) => ({
  entries: entries.map(({ outcome }) => outcome),
  termination,
})
