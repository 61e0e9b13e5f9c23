import { randomUUID } from 'node:crypto'
import type { BusMessage } from '@ringdown/core/events'
import { TicketId } from '@ringdown/core/kernel'
import {
  claimOutbox,
  deleteRelayed,
  insertOutbox,
  inTransaction,
  markRelayed,
  OUTBOX_CHANNEL,
  TestDatabase,
} from '@ringdown/db/postgres'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())
beforeEach(() => db.sql`truncate outbox`)

const messages = (count: number): BusMessage[] =>
  Array.from({ length: count }, () => ({ kind: 'ticket', ticketId: TicketId.parse(randomUUID()) }))

it('gives two relays different messages, the oldest first', async () => {
  const sent = messages(6)
  await insertOutbox(db.sql, sent)
  await inTransaction(db.sql, async (first) => {
    const mine = await claimOutbox(first, 4)
    const theirs = await inTransaction(db.sql, (second) => claimOutbox(second, 4))
    expect(mine.map(({ message }) => message)).toEqual(sent.slice(0, 4))
    expect(theirs.map(({ message }) => message)).toEqual(sent.slice(4))
  })
})

it('gives what a relay held when it died to the next one', async () => {
  await insertOutbox(db.sql, messages(1))
  const died = inTransaction(db.sql, async (tx) => {
    const claimed = await claimOutbox(tx, 10)
    await markRelayed(
      tx,
      claimed.map(({ id }) => id),
    )
    throw new Error('died')
  })
  await expect(died).rejects.toThrow('died')
  expect(await claimOutbox(db.sql, 10)).toHaveLength(1)
})

it('relays nothing twice and forgets it later', async () => {
  await insertOutbox(db.sql, messages(3))
  await inTransaction(db.sql, async (tx) => {
    await markRelayed(
      tx,
      (await claimOutbox(tx, 2)).map(({ id }) => id),
    )
  })
  expect(await claimOutbox(db.sql, 10)).toHaveLength(1)
  expect(await deleteRelayed(db.sql, Date.now() - 60_000)).toBe(0)
  expect(await deleteRelayed(db.sql, Date.now() + 60_000)).toBe(2)
})

it('wakes relays when, and only when, the change commits', async () => {
  const heard: string[] = []
  const woken = Promise.withResolvers<void>()
  await db.sql.listen(OUTBOX_CHANNEL, () => {
    heard.push('woken')
    woken.resolve()
  })
  await inTransaction(db.sql, async (tx) => {
    await insertOutbox(tx, messages(2))
    throw new Error('undone')
  }).catch(() => heard.push('undone'))
  await insertOutbox(db.sql, messages(2))
  await woken.promise
  expect(heard).toEqual(['undone', 'woken'])
})
