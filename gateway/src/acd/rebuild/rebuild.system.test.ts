import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentRecord } from '@ringdown/core/agent'
import { type QueueEntryId, type SegmentId, type UserId, unwrap } from '@ringdown/core/kernel'
import { freePort, startRedis } from '@ringdown/db/embedded'
import {
  appendContactEvents,
  listAgentsOfRecord,
  listContactEvents,
  listGatewaysOfOpenContacts,
  routingOf,
} from '@ringdown/db/postgres'
import { TestDatabase } from '@ringdown/db/postgres/testing'
import { connectRedis, openStores } from '@ringdown/db/redis'
import { newId, waitingEntry } from '@ringdown/db/redis/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aContact, anEvent, aQueue, aUser } from '../../../../tests/factories/index.ts'
import { liveContact, startTestGateway } from '../test-gateway.ts'
import { rebuildAgents } from './rebuild-agents.ts'
import { restoreOwn } from './restore-own.ts'
import { watchEpoch } from './watch-epoch.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())

/** A Redis that forgets everything when it is started again at its port. */
async function forgetfulRedis() {
  const dataDir = await mkdtemp(join(tmpdir(), 'ringdown-forgetful-'))
  const options = { dataDir, port: await freePort(), password: 'forgetful-forgetful', durable: false }
  let server = await startRedis(options)
  const redis = connectRedis(server.url, { name: 'test' })
  return {
    ...{ redis, url: server.url, prefix: 'test', stores: openStores(redis, 'test') },
    async restart() {
      await server[Symbol.asyncDispose]()
      server = await startRedis(options)
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect()
      await server[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A gateway that rebuilds, with one headset that is always connected. */
async function startGateway(redis: Awaited<ReturnType<typeof forgetfulRedis>>, gatewayId: string, headsets: UserId[]) {
  const stack = new AsyncDisposableStack()
  const gateway = stack.use(await startTestGateway(redis, db.sql, gatewayId))
  const parts = { ...gateway, agents: gateway.store }
  stack.use(
    await watchEpoch({
      ...gateway,
      everyMs: 50,
      rebuild: () =>
        rebuildAgents({
          ...parts,
          listAgents: (since) => listAgentsOfRecord(db.sql, since),
          listGateways: () => listGatewaysOfOpenContacts(db.sql),
          readRouting: async (id) => ({ ...(await routingOf(db.sql, id)), callsToday: 2, lastCallEndedAt: null }),
        }),
      restore: () =>
        restoreOwn({
          ...parts,
          dispatcher: gateway.acd.dispatcher,
          async restoreDevices() {
            for (const id of headsets) await gateway.agents.proveDevice(id, 'webrtc', `leg-${id}`)
          },
        }),
    }),
  )
  return { ...gateway, stop: () => stack.disposeAsync() }
}

it('[AC24] puts back who waits, in order, and who is signed in, and goes on matching, after Redis lost everything', async () => {
  await using redis = await forgetfulRedis()
  const queue = await aQueue(db.sql)
  const users = await Promise.all([1, 2, 3].map(() => aUser(db.sql, { queues: [queue.id] })))
  const [talking, resting, gone] = users.map(({ id }) => id) as [UserId, UserId, UserId]
  const one = await startGateway(redis, 'one', [talking, resting])
  const two = await startGateway(redis, 'two', [])

  for (const id of [talking, resting, gone]) {
    unwrap(await one.agents.signIn(id, 'webrtc'))
    await one.agents.proveDevice(id, 'webrtc', `leg-${id}`)
  }
  unwrap(await one.agents.signOut(gone))
  unwrap(await one.agents.chooseStatus(resting, { status: 'not_ready', reason: 'meal' }))

  /** In PostgreSQL, and at his gateway. */
  async function caller(gateway: typeof one, arrivedAt: number) {
    const contactId = await aContact(db.sql, { gatewayId: gateway.gatewayId as never })
    const entry = waitingEntry(queue.id, arrivedAt, { contactId, gatewayId: gateway.gatewayId })
    const { entryId } = entry
    const stay = { queueId: queue.id, entryId, arrivedAt, enteredAt: arrivedAt, leftAt: null }
    await gateway.live.write(liveContact(contactId, gateway.gatewayId, { queue: stay }))
    await appendContactEvents(db.sql, [
      anEvent(contactId, 'queue_entered', arrivedAt, { entryId, queueId: queue.id, arrivedAt, priority: 0 }),
    ])
    await gateway.acd.store.enqueue(entry)
    return entry
  }

  // one talks, one rings, three wait, across both gateways; one hung up
  const now = Date.now()
  unwrap(await one.agents.chooseStatus(talking, { status: 'available' }))
  const first = await caller(one, now - 9_000)
  const offerId = await expect
    .poll(async () => offerOf(await one.store.read(talking)), { timeout: 5_000 })
    .not.toBeNull()
    .then(async () => offerOf(await one.store.read(talking))!)
  const segmentId = newId<SegmentId>()
  const startedAt = Date.now()
  unwrap(await one.acd.store.accept(offerId, talking, segmentId, startedAt))
  await appendContactEvents(db.sql, [
    anEvent(first.contactId, 'queue_entry_ended', startedAt, {
      ...{ entryId: first.entryId, queueId: queue.id, outcome: 'answered', waitedMs: 9_000, agentId: talking },
    }),
    anEvent(first.contactId, 'segment_started', startedAt, {
      ...{ segmentId, agentId: talking, queueId: queue.id, entryId: first.entryId },
    }),
  ])
  const third = await caller(two, now - 6_000)
  const second = await caller(one, now - 8_000)
  const left = await caller(one, now - 7_000)
  unwrap(await one.acd.store.withdraw(left.entryId, Date.now()))
  await one.agentLog.written()

  await redis.restart()
  await expect.poll(() => lineOf(one, queue.id), { timeout: 15_000 }).toEqual([second.entryId, third.entryId])
  expect(await one.store.read(talking)).toMatchObject({
    status: { chosen: { status: 'available' } },
    work: { state: 'talking', contactId: first.contactId, segmentId },
    queues: [queue.id],
    callsToday: 2,
  })
  await expect.poll(async () => (await one.store.read(resting))?.device.proven).toBe(true)
  expect((await one.store.read(resting))?.status.chosen).toEqual({ status: 'not_ready', reason: 'meal' })
  expect((await one.store.read(gone))?.session ?? null).toBeNull()

  unwrap(await two.agents.chooseStatus(resting, { status: 'available' }))
  await expect.poll(async () => (await two.store.read(resting))?.work.state).toBe('ringing')
  const ringing = (await two.store.read(resting))?.work
  expect(ringing?.state === 'ringing' && (await two.acd.store.readOffer(ringing.offerId))?.entryId).toBe(second.entryId)

  // and again, while an agent rings: his offer ends, and the caller is offered anew at his old place
  const offered = offerOf(await two.store.read(resting))!
  const offer = { offerId: offered, agentId: resting, offeredAt: 1, expiresAt: 2 }
  await one.live.write({ ...(await one.live.read(second.contactId))!, offer })
  await redis.restart()
  await expect.poll(() => lineOf(two, queue.id), { timeout: 15_000 }).toEqual([second.entryId, third.entryId])
  const ended = async () => {
    const events = await listContactEvents(db.sql, second.contactId)
    return events.flatMap((event) => (event.type === 'offer_ended' ? [[event.offerId, event.outcome]] : []))
  }
  await expect.poll(ended).toEqual([[offered, 'withdrawn']])
  await expect.poll(async () => offerOf(await two.store.read(resting))).not.toBeNull()
  expect(offerOf(await two.store.read(resting))).not.toBe(offered)
  for (const gateway of [one, two]) await gateway.stop()
})

const offerOf = (agent: AgentRecord | undefined) => (agent?.work.state === 'ringing' ? agent.work.offerId : null)
const lineOf = (gateway: { acd: { store: { positions(id: never): Promise<QueueEntryId[]> } } }, queueId: string) =>
  gateway.acd.store.positions(queueId as never).catch(() => null)
