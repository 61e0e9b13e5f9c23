import { BusMessage } from '@ringdown/core/events'
import { claimOutbox, deleteRelayed, inTransaction, markRelayed, OUTBOX_CHANNEL, type Sql } from '@ringdown/db/postgres'
import type { Logger } from 'pino'
import { type JobToAdd, jobsOf } from './jobs-of-message.ts'

const BATCH = 200
/** In case a notification was lost with a connection. */
const LOOK_AGAIN_MS = 5_000
const KEEP_RELAYED_MS = 3 * 86_400_000

export type RelayParts = {
  sql: Sql
  log: Logger
  clock: () => number
  add(jobs: readonly JobToAdd[]): Promise<void>
}

/** Moves the outbox into jobs as soon as something was written, until disposed. Several relays share the work. */
export async function startRelay({ sql, log, clock, add }: RelayParts): Promise<AsyncDisposable> {
  let closed = false
  let wakeUp: () => void = () => undefined
  let awake = false
  const wake = () => {
    awake = true
    wakeUp()
  }
  const listening = await sql.listen(OUTBOX_CHANNEL, wake, wake)
  const loop = (async () => {
    while (!closed) {
      awake = false
      try {
        while (!closed && (await relayBatch(sql, add)) === BATCH);
        await deleteRelayed(sql, clock() - KEEP_RELAYED_MS)
      } catch (error) {
        log.error({ err: error }, 'the outbox could not be relayed; trying again')
      }
      if (!awake && !closed) await rest((wakeIt) => (wakeUp = wakeIt))
    }
  })()
  return {
    async [Symbol.asyncDispose]() {
      closed = true
      wakeUp()
      await loop
      await listening.unlisten()
    },
  }
}

/** One transaction: claimed, made into jobs, marked. @returns how many messages it moved */
export async function relayBatch(sql: Sql, add: RelayParts['add']): Promise<number> {
  return inTransaction(sql, async (tx) => {
    const messages = await claimOutbox(tx, BATCH)
    await add(messages.flatMap(({ message }) => jobsOf(BusMessage.parse(message))))
    await markRelayed(
      tx,
      messages.map(({ id }) => id),
    )
    return messages.length
  })
}

function rest(onWake: (wake: () => void) => void): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, LOOK_AGAIN_MS)
    onWake(() => {
      clearTimeout(timer)
      done()
    })
  })
}
