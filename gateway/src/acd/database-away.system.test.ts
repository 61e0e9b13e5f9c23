import { randomUUID } from 'node:crypto'
import { type ContactId, type SegmentId, type UserId, unwrap } from '@ringdown/core/kernel'
import { connect, findQueueByKey, listContactEvents, listQueueEntries } from '@ringdown/db/postgres'
import { TestDatabase } from '@ringdown/db/postgres/testing'
import { availableAgent, createTestRedis, newId, waitingEntry } from '@ringdown/db/redis/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aQueue, aUser, contactStarted } from '../../../tests/factories/index.ts'
import { layCable } from './test-cable.ts'
import { startTestGateway } from './test-gateway.ts'

let db: TestDatabase
const redis = createTestRedis()
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(async () => {
  await redis[Symbol.asyncDispose]()
  await db[Symbol.asyncDispose]()
})

it('[AC25] goes on without PostgreSQL and loses no event, not even those of a gateway that dies meanwhile', async () => {
  await using cable = await layCable(db.url)
  await using stack = new AsyncDisposableStack()
  const sql = stack.adopt(connect(cable.url, { applicationName: 'cut off', max: 4 }), (pool) =>
    pool.end({ timeout: 1 }),
  )
  const dying = stack.use(await startTestGateway(redis, sql, 'dying'))
  const healthy = stack.use(await startTestGateway(redis, db.sql, 'healthy'))
  const queue = await aQueue(db.sql)
  const [talker, ringer] = [await aUser(db.sql), await aUser(db.sql)]
  await dying.queues.find(queue.id)

  await cable.cut()
  const first = await call(talker.id)
  await answer(first, talker.id)
  const second = await call(ringer.id)
  const spooled = async () => (await redis.stores.spool.read('dying')).filter(({ kind }) => kind === 'contact').length
  const kept = dying.ledger.pending
  expect(kept).toBe(9)
  await expect.poll(spooled, { timeout: 5_000 }).toBe(kept)
  expect(await listContactEvents(db.sql, first.contactId)).toEqual([])

  // it never sees PostgreSQL again
  await healthy.cleanUp('dying')
  expect(await spooled()).toBe(0)
  const typesOf = async (contactId: ContactId) => (await listContactEvents(db.sql, contactId)).map(({ type }) => type)
  expect(await typesOf(first.contactId)).toEqual([
    ...['contact_started', 'queue_entered', 'offer_made', 'offer_ended', 'queue_entry_ended', 'segment_started'],
    ...['segment_ended', 'contact_ended'],
  ])
  expect((await typesOf(second.contactId)).slice(0, 3)).toEqual(['contact_started', 'queue_entered', 'offer_made'])
  expect(await listQueueEntries(db.sql, first.contactId)).toMatchObject([{ outcome: 'answered', agentId: talker.id }])
  expect(await listQueueEntries(db.sql, second.contactId)).toMatchObject([{ outcome: 'system_error' }])
  expect((await findQueueByKey(db.sql, queue.key))?.id).toBe(queue.id)
  await cable.mend()

  async function call(agentId: UserId) {
    const contactId = newId<ContactId>()
    const {
      type: _,
      eventId: __,
      contactId: ___,
      at,
      ...started
    } = contactStarted(contactId, Date.now()) as never as {
      at: number
    } & Record<string, unknown>
    dying.ledger.record(contactId, 'contact_started', at, { ...started, gatewayId: 'dying' } as never)
    const entry = waitingEntry(queue.id, at, { contactId, gatewayId: 'dying' })
    const { entryId } = entry
    dying.ledger.record(contactId, 'queue_entered', at, { entryId, queueId: queue.id, arrivedAt: at, priority: 0 })
    unwrap(await dying.store.save({ ...availableAgent([queue.id]), agentId }))
    await dying.acd.store.enqueue(entry)
    await dying.acd.dispatcher.settled()
    expect((await dying.store.read(agentId))?.work).toMatchObject({ state: 'ringing', contactId })
    return entry
  }

  async function answer({ contactId, entryId, arrivedAt }: Awaited<ReturnType<typeof call>>, agentId: UserId) {
    const work = (await dying.store.read(agentId))?.work
    const offerId = work?.state === 'ringing' ? work.offerId : newId<never>()
    const segmentId = randomUUID() as SegmentId
    const at = Date.now()
    unwrap(await dying.acd.store.accept(offerId, agentId, segmentId, at))
    const stay = { entryId, queueId: queue.id }
    dying.ledger.record(contactId, 'offer_ended', at, { offerId, ...stay, agentId, outcome: 'accepted' })
    dying.ledger.record(contactId, 'queue_entry_ended', at, {
      ...{ ...stay, outcome: 'answered', waitedMs: at - arrivedAt, agentId },
    })
    dying.ledger.record(contactId, 'segment_started', at, { segmentId, agentId, ...stay })
  }
})
