import type { Queue } from '@ringdown/core/acd'
import type { QueueId } from '@ringdown/core/kernel'

/** The rules of all queues, as of a few seconds ago: matching must not wait for PostgreSQL. */
export type QueueBook = {
  /** Undefined for a queue that does not exist. Rejects for one that is not known while PostgreSQL is away. */
  find(id: QueueId): Promise<Queue | undefined>
  all(): Promise<Queue[]>
  /** Rules were changed here: they hold from the next use on. */
  refresh(): Promise<void>
}

const FRESH_MS = 5_000

/**
 * @param list reads all queues from the record. A list older than five seconds is read anew behind the answer that still
 *   uses it; a queue that is not in the list is looked for at once.
 */
export function createQueueBook(list: () => Promise<Queue[]>, clock: () => number): QueueBook {
  let known: Queue[] | undefined
  let readAt = 0
  let reading: Promise<Queue[]> | undefined

  function read(): Promise<Queue[]> {
    reading ??= list()
      .then((queues) => {
        readAt = clock()
        known = queues
        return queues
      })
      .finally(() => {
        reading = undefined
      })
    return reading
  }

  async function all(): Promise<Queue[]> {
    if (!known) return read()
    // while PostgreSQL is away the known rules go on
    if (clock() - readAt > FRESH_MS) read().catch(() => undefined)
    return known
  }

  return {
    all,
    async refresh() {
      await reading
      await read()
    },
    async find(id) {
      const has = (queues: Queue[]) => queues.find((queue) => queue.id === id)
      return has(await all()) ?? has(await read())
    },
  }
}
