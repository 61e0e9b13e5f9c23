import type { LiveContact } from '@ringdown/core/contact'
import { type CustomerId, type SegmentId, unwrap } from '@ringdown/core/kernel'
import { changeTicket, TestDatabase } from '@ringdown/db/postgres'
import { availableAgent, createTestRedis, newId, waitingEntry } from '@ringdown/db/redis/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aContact, anEvent, aPerson, aQueue, aTicket, aUser } from '../../../tests/factories/index.ts'
import { liveContact, startTestGateway } from '../acd/test-gateway.ts'
import { createWaitEstimates } from '../acd/wait-estimates.ts'
import { createComposeBoard } from '../board/compose-board.ts'
import { createComposeDesk } from './compose-desk.ts'
import { createPopCache } from './pop-records.ts'

const redis = createTestRedis()
let db: TestDatabase
let gateway: Awaited<ReturnType<typeof startTestGateway>>
beforeAll(async () => {
  db = await TestDatabase.create()
  gateway = await startTestGateway(redis, db.sql, 'here')
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
  await db[Symbol.asyncDispose]()
})

const stores = () => ({ ...gateway, agents: gateway.store })

/** A customer of grade A with an open and a solved ticket calls and waits. */
async function callerWaits() {
  const { sql } = db
  const queue = await aQueue(sql)
  const person = await aPerson(sql, { name: '王建国', phones: ['+8613900138000'] })
  const { customerId } = person
  const open = await aTicket(sql, { customerId })
  await aTicket(sql, { customerId, state: 'solved' })
  const before = await aContact(sql, { at: 5_000 })
  const contactId = await aContact(sql)
  const candidate = { customerId, personId: person.id, customerName: '华芯电子', personName: '王建国', grade: 'A' }
  const match = { kind: 'one' as const, candidate: { ...candidate, because: 'code' as const } }
  for (const id of [before, contactId])
    gateway.ledger.record(id, 'caller_matched', Date.now(), { match, by: 'code', code: '100237' })
  const entry = waitingEntry(queue.id, Date.now() - 3_000, { contactId, gatewayId: 'here' })
  const { entryId, queueId, arrivedAt } = entry
  const stay = { queueId, entryId, arrivedAt, enteredAt: arrivedAt, leftAt: null }
  const known = { match, code: '100237', customerId, personId: person.id, queue: stay }
  const contact: LiveContact = liveContact(contactId, 'here', known)
  await gateway.live.write(contact)
  gateway.ledger.record(contactId, 'queue_entered', arrivedAt, { entryId, queueId, arrivedAt, priority: 0 })
  await Promise.all([gateway.ledger.written(before), gateway.ledger.written(contactId)])
  return { queue, contact, entry, before, open, customerId }
}

it('shows who calls before the answer, then the call, then wrap-up with a draft', async () => {
  const composeDesk = createComposeDesk(stores())
  const { queue, contact, entry, before, open, customerId } = await callerWaits()
  const agentId = (await aUser(db.sql)).id
  expect(await composeDesk(agentId)).toMatchObject({ version: 0, agent: null, offer: null, call: null, wrapUp: null })
  unwrap(await gateway.store.save({ ...availableAgent([queue.id]), agentId }))
  await gateway.acd.store.enqueue(entry)
  await expect.poll(async () => (await composeDesk(agentId)).offer).not.toBeNull()

  const { offer } = await composeDesk(agentId)
  expect(offer?.pop).toMatchObject({
    contactId: contact.contactId,
    verified: 'code',
    queue: { id: queue.id, name: queue.name },
    customer: { id: customerId },
    openTickets: [{ id: open.id }],
    recentContacts: [{ id: before }],
  })
  expect(offer!.pop.waitedMs).toBeGreaterThanOrEqual(3_000)

  const segmentId = newId<SegmentId>()
  const at = Date.now()
  unwrap(await gateway.acd.store.accept(offer!.offerId, agentId, segmentId, at))
  expect((await composeDesk(agentId)).call).toMatchObject({ state: 'connecting', answeredAt: at, segmentId })
  const plain = { muted: true, recording: true, endedAt: null }
  const segment = { segmentId, agentId, answeredAt: at, connected: true, heldAt: null, ...plain }
  await gateway.live.write({ ...contact, phase: 'talking', segment })
  expect((await composeDesk(agentId)).call).toMatchObject({ state: 'talking', muted: true, recording: true })

  await gateway.agents.endCall(agentId, 60_000)
  expect((await composeDesk(agentId)).wrapUp).toMatchObject({
    segmentId,
    draftTicketId: null,
    draft: { customerId, category: 'other', assigneeId: agentId },
  })
  const draft = await aTicket(db.sql, { state: 'draft', callId: contact.contactId })
  expect((await composeDesk(agentId)).wrapUp).toMatchObject({ draftTicketId: draft.id, savedTicket: null })
})

it('[CT20] names the ticket after the customer the agent chooses, until somebody wrote on it', async () => {
  const composeDesk = createComposeDesk(stores())
  const { contact } = await callerWaits()
  const agentId = (await aUser(db.sql)).id
  const other = await aPerson(db.sql, { name: '赵敏' })
  const work = {
    ...{ state: 'wrap_up', contactId: contact.contactId, segmentId: newId<SegmentId>() },
    since: 1,
    endsAt: 2,
  }
  unwrap(await gateway.store.save({ ...availableAgent([]), agentId, work: work as never }))
  const draft = await aTicket(db.sql, {
    state: 'draft',
    callId: contact.contactId,
    subject: '来电：+8613900138000 来电',
  })
  const subject = async () => (await composeDesk(agentId)).wrapUp?.draft.subject
  expect(await subject()).toContain('王建国')
  await gateway.live.write({ ...contact, customerId: other.customerId, personId: other.id })
  expect(await subject()).toContain('赵敏')
  unwrap(await changeTicket(db.sql, draft.id, { subject: '电源坏了', version: 1 }))
  expect(await subject()).toBe('电源坏了')
})

it('shows the board: callers in true order, agents, figures, and no drift', async () => {
  const waits = createWaitEstimates({
    ...stores(),
    acd: gateway.acd.store,
    readHandleMs: async () => new Map(),
    readErrors: async () => new Map([[queue.id, { count: 20, meanErrorMs: 61_000, biasMs: 0, meanWaitMs: 9_000 }]]),
  })
  const composeBoard = createComposeBoard({ ...stores(), acd: gateway.acd.store, waits })
  const { queue, entry } = await callerWaits()
  const second = waitingEntry(queue.id, Date.now(), { contactId: await aContact(db.sql), priority: 1 })
  await gateway.acd.store.enqueue(entry)
  await gateway.acd.store.enqueue(second)
  const idle = await aUser(db.sql, { queues: [queue.id] })
  const busy = await aUser(db.sql, { queues: [queue.id] })
  unwrap(await gateway.store.save({ ...availableAgent([queue.id]), agentId: busy.id }))
  gateway.acd.dispatcher.queue(queue.id)
  await gateway.acd.dispatcher.settled()

  const board = await composeBoard()
  const callers = board.callers.filter((caller) => caller.queueId === queue.id)
  expect(callers).toMatchObject([
    { entryId: second.entryId, position: 1, state: 'offered', agentId: busy.id },
    {
      entryId: entry.entryId,
      position: 2,
      state: 'waiting',
      agentId: null,
      customer: { name: '华芯电子', grade: 'A' },
    },
  ])
  expect(board.queues.find((tile) => tile.id === queue.id)).toMatchObject({
    waiting: 1,
    drift: 0,
    ewtMs: 270_000,
    ewtErrorMs: 61_000,
    ewtReliable: false,
    agents: { available: 0, busy: 1, wrapUp: 0, notReady: 0 },
  })
  expect(board.agents.find((row) => row.id === idle.id)).toMatchObject({
    state: 'signed_out',
    since: null,
    device: null,
  })
  expect(board.agents.find((row) => row.id === busy.id)).toMatchObject({ state: 'ringing', device: 'webrtc' })
})

it('has the records at hand when the phone rings', async () => {
  let reads = 0
  const read = async () => {
    reads++
    return { customer: null, openTickets: [], recentContacts: [] }
  }
  using pops = createPopCache({ ...stores(), read })
  const contactId = await aContact(db.sql)
  const contact = liveContact(contactId, 'here')
  await gateway.live.write(contact)
  const entered = { entryId: newId(), queueId: newId(), arrivedAt: 1, priority: 0 } as const
  await gateway.bus.publish({ kind: 'contact', event: anEvent(contactId, 'queue_entered', 1, entered as never) })
  await expect.poll(() => reads).toBe(1)
  await pops.of(contact)
  expect(reads).toBe(1)
  const chosen = { ...contact, customerId: newId<CustomerId>() }
  for (let i = 0; i < 3; i++) await pops.of(chosen)
  expect(reads).toBe(2)
  await gateway.bus.publish({ kind: 'ticket', ticketId: newId() })
  await expect
    .poll(async () => {
      await pops.of(chosen)
      return reads
    })
    .toBe(3)
})
