import type { Foundation } from '../../foundation.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Dispatcher } from '../dispatch.ts'
import type { QueueBook } from '../queue-book.ts'
import type { OwnBook } from './own-book.ts'

export type RestoreOwnParts = Pick<Foundation, 'clock' | 'log'> & {
  own: OwnBook
  ledger: Pick<Ledger, 'record'>
  queues: QueueBook
  dispatcher: Pick<Dispatcher, 'queue'>
  /** Proves the headsets that are connected here, and says that pages are open here. */
  restoreDevices(): Promise<void>
}

/**
 * Puts back what this gateway holds: its contacts, and its callers in their places. The offers they had are gone; each
 * ends as withdrawn, so that nothing rings on and the caller is matched again.
 */
export async function restoreOwn({ own, ledger, queues, dispatcher, restoreDevices, clock, log }: RestoreOwnParts) {
  const [contacts, entries] = [own.contacts(), own.entries()]
  for (const contact of contacts) await own.live.write(contact)
  for (const entry of entries) await own.acd.enqueue({ ...entry, offers: 0 })
  for (const { contactId, offer, queue } of contacts) {
    if (!offer || !queue || !entries.some(({ entryId }) => entryId === queue.entryId)) continue
    const { offerId, agentId } = offer
    const { entryId, queueId } = queue
    ledger.record(contactId, 'offer_ended', clock(), { offerId, entryId, queueId, agentId, outcome: 'withdrawn' })
  }
  await restoreDevices()
  for (const { id } of await queues.all()) dispatcher.queue(id)
  log.warn({ contacts: contacts.length, waiting: entries.length }, 'what this gateway holds was put back into Redis')
}
