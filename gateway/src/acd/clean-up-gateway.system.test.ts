import type { ContactId, SegmentId, UserId } from '@ringdown/core/kernel'
import { unwrap } from '@ringdown/core/kernel'
import { listContactEvents, listQueueEntries, queueBalance, TestDatabase } from '@ringdown/db/postgres'
import { availableAgent, createTestRedis, newId, waitingEntry } from '@ringdown/db/redis/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { aContact, aQueue, aUser } from '../../../tests/factories/index.ts'
import { liveContact, startTestGateway } from './test-gateway.ts'

const redis = createTestRedis()
let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(async () => {
  await db[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
})

type Gateway = Awaited<ReturnType<typeof startTestGateway>>
let [dead, heir, other] = [] as unknown as [Gateway, Gateway, Gateway]
beforeEach(async () => {
  const start = (id: string) => startTestGateway(redis, db.sql, id)
  ;[dead, heir, other] = await Promise.all([start('dead'), start('heir'), start('other')])
})
afterEach(async () => {
  for (const gateway of [dead, heir, other]) await gateway[Symbol.asyncDispose]()
})

/** A caller whom the dead gateway holds waits in the queue. */
async function waiting(queue: { id: string }) {
  const contactId = await aContact(db.sql)
  const entry = waitingEntry(queue.id as never, Date.now(), { contactId, gatewayId: 'dead' })
  const { entryId, queueId, arrivedAt } = entry
  dead.ledger.record(contactId, 'queue_entered', Date.now(), { entryId, queueId, arrivedAt, priority: 0 })
  await dead.ledger.written(contactId)
  const stay = { queueId, entryId, arrivedAt, enteredAt: arrivedAt, leftAt: null }
  await dead.live.write(liveContact(contactId, 'dead', { queue: stay }))
  await dead.acd.store.enqueue(entry)
  return entry
}

const typesOf = async (contactId: ContactId) => (await listContactEvents(db.sql, contactId)).map((event) => event.type)

it('[AC17] ends callers who wait or ring as system_error, once, whoever cleans up', async () => {
  const queue = await aQueue(db.sql)
  const agent = unwrap(await dead.store.save({ ...availableAgent([queue.id]), agentId: (await aUser(db.sql)).id }))
  const [ringing, next] = [await waiting(queue), await waiting(queue)]
  await expect.poll(async () => (await heir.store.read(agent.agentId))?.work.state).toBe('ringing')
  await dead.ledger.written(ringing.contactId)

  await Promise.all([heir.cleanUp('dead'), other.cleanUp('dead'), heir.cleanUp('dead')])
  await heir.cleanUp('dead')

  for (const { contactId, entryId } of [ringing, next]) {
    expect(await listQueueEntries(db.sql, contactId)).toMatchObject([{ id: entryId, outcome: 'system_error' }])
    const types = await typesOf(contactId)
    expect(types.filter((type) => type === 'queue_entry_ended')).toHaveLength(1)
    expect(types.filter((type) => type === 'contact_ended')).toHaveLength(1)
    expect(types.filter((type) => type === 'offer_ended').length).toBe(types.filter((t) => t === 'offer_made').length)
  }
  expect(await heir.acd.store.positions(queue.id)).toEqual([])
  expect((await heir.store.read(agent.agentId))?.work.state).toBe('idle')
  expect(await heir.live.of('dead')).toEqual([])
  expect(await queueBalance(db.sql, queue.id, 0, Date.now() + 1)).toEqual({
    offered: 2,
    answered: 0,
    abandoned: 0,
    flowedOut: 2,
    waiting: 0,
  })
})

it('[AC17] ends the call of an agent, who keeps it for wrap-up at the gateway that cleaned up', async () => {
  const queue = await aQueue(db.sql, { wrapUpMs: 60_000 })
  const agentId = (await aUser(db.sql)).id
  const agent = unwrap(await dead.store.save({ ...availableAgent([queue.id]), agentId }))
  const { contactId, entryId, queueId, arrivedAt } = await waiting(queue)
  await expect.poll(async () => (await heir.store.read(agent.agentId))?.work.state).toBe('ringing')
  const work = (await dead.store.read(agentId))?.work
  if (work?.state !== 'ringing') throw new Error('does not ring')
  const segmentId = newId<SegmentId>()
  const at = Date.now()
  unwrap(await dead.acd.store.accept(work.offerId, agentId, segmentId, at))
  const { record } = dead.ledger
  record(contactId, 'offer_ended', at, { offerId: work.offerId, entryId, queueId, agentId, outcome: 'accepted' })
  record(contactId, 'queue_entry_ended', at, { entryId, queueId, outcome: 'answered', waitedMs: 5, agentId })
  record(contactId, 'segment_started', at, { segmentId, agentId, queueId, entryId })
  await dead.ledger.written(contactId)
  const stay = { queueId, entryId, arrivedAt, enteredAt: arrivedAt, leftAt: at }
  const plain = { connected: true, heldAt: null, muted: false, recording: false, endedAt: null }
  const segment = { segmentId, agentId, answeredAt: at, ...plain }
  await dead.live.write(liveContact(contactId, 'dead', { phase: 'talking', queue: stay, segment }))

  await Promise.all([heir.cleanUp('dead'), other.cleanUp('dead')])
  await Promise.all([heir.ledger.written(contactId), other.ledger.written(contactId)])

  expect((await heir.store.read(agentId))?.work).toMatchObject({ state: 'wrap_up', contactId, segmentId })
  const left = await heir.live.read(contactId)
  expect(left).toMatchObject({ phase: 'ended', segment: { connected: false } })
  expect(['heir', 'other']).toContain(left?.gatewayId)
  const types = await typesOf(contactId)
  for (const type of ['segment_ended', 'wrap_up_started', 'contact_ended', 'queue_entry_ended'])
    expect(types.filter((t) => t === type)).toHaveLength(1)
})

it('loses the headsets that a dead gateway held', async () => {
  const [one, two] = [await aUser(db.sql), await aUser(db.sql)]
  const agent = unwrap(await dead.store.save({ ...availableAgent([]), agentId: one.id }))
  const device = { ...agent.device, address: 'leg-2' }
  const busy = unwrap(await dead.store.save({ ...availableAgent([]), agentId: two.id, device }))
  await dead.gateways.holdHeadset('dead', agent.agentId, 'leg-1')
  await dead.gateways.holdHeadset('dead', busy.agentId, 'an older leg')
  await heir.cleanUp('dead')
  const proven = async (id: UserId) => (await heir.store.read(id))?.device.proven
  expect([await proven(agent.agentId), await proven(busy.agentId)]).toEqual([false, true])
})

it('[AC8] two gateways that match at the same time give each caller and each agent once', async () => {
  const queue = await aQueue(db.sql)
  const contacts = await Promise.all(Array.from({ length: 40 }, () => aContact(db.sql)))
  const entries = contacts.map((contactId, i) => waitingEntry(queue.id, 1_000 + i, { contactId }))
  const users = await Promise.all(Array.from({ length: 20 }, () => aUser(db.sql)))
  const agents = users.map(({ id }) => ({ ...availableAgent([queue.id]), agentId: id }))
  await Promise.all([
    ...entries.map((entry, i) => (i % 2 ? heir : other).acd.store.enqueue(entry)),
    ...agents.map(async (agent, i) => {
      const gateway = i % 2 ? other : heir
      gateway.acd.dispatcher.agent(unwrap(await gateway.store.save(agent)))
    }),
  ])
  for (const gateway of [heir, other]) await gateway.acd.dispatcher.settled()
  const line = await heir.acd.store.line(queue.id)
  const offers = line.flatMap(({ offerId }) => offerId ?? [])
  expect(offers).toHaveLength(20)
  const records = await Promise.all(agents.map(({ agentId }) => heir.store.read(agentId)))
  const rung = records.flatMap((agent) => (agent?.work.state === 'ringing' ? agent.work.offerId : []))
  expect(rung.toSorted()).toEqual(offers.toSorted())
})
