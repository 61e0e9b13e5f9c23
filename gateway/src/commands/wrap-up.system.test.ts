import type { CommandInput, DeskView } from '@ringdown/core/contract'
import { type ContactId, type SegmentId, unwrap } from '@ringdown/core/kernel'
import type { Ticket } from '@ringdown/core/ticket'
import { findContactView, findTicketView, listTickets, TestDatabase } from '@ringdown/db/postgres'
import { availableAgent, createTestRedis, newId } from '@ringdown/db/redis/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aContact, aTicket, aUser } from '../../../tests/factories/index.ts'
import { liveContact, startTestGateway } from '../acd/test-gateway.ts'
import { createComposeDesk } from '../desk/compose-desk.ts'
import type { Actor } from './handlers.ts'
import { wrapUpHandlers } from './wrap-up.ts'

const redis = createTestRedis()
let db: TestDatabase
let gateway: Awaited<ReturnType<typeof startTestGateway>>
let complete: ReturnType<typeof wrapUpHandlers>['wrap-up:complete']
let composeDesk: ReturnType<typeof createComposeDesk>
beforeAll(async () => {
  db = await TestDatabase.create()
  gateway = await startTestGateway(redis, db.sql, 'here')
  const parts = { ...gateway, agents: gateway.store }
  complete = wrapUpHandlers({ ...parts, agentDesks: gateway.agents })['wrap-up:complete']
  composeDesk = createComposeDesk(parts)
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
  await db[Symbol.asyncDispose]()
})

it('[CT20] leaves one ticket of a call that was passed on: the second agent goes on with what the first one saved', async () => {
  const { contactId, alice, bob, draft } = await passedOn()
  const told: unknown[] = []
  using _ = { [Symbol.dispose]: gateway.bus.subscribe((message) => void told.push(message)) }
  expect((await wrapUp(bob)).savedTicket).toBeNull()

  const first = { subject: '电源模块无输出', category: 'repair', note: '已登记序列号' } as const
  expect(unwrap(await save(alice, contactId, { ticket: first }))).toEqual({ ticketNumber: draft.number })
  const { savedTicket, draftTicketId, draft: shown } = await wrapUp(bob)
  expect({ savedTicket, draftTicketId }).toEqual({
    savedTicket: { id: draft.id, number: draft.number, state: 'open' },
    draftTicketId: null,
  })
  expect(shown).toMatchObject({ subject: '电源模块无输出', category: 'repair', assigneeId: alice.userId })
  await expect.poll(() => told).toContainEqual({ kind: 'desk', agentId: bob.userId })

  const second = { ...shown, category: 'complaint', note: '客户要求赔偿', solved: true } as const
  expect(unwrap(await save(bob, contactId, { ticket: second, disposition: 'complaint' }))).toEqual({
    ticketNumber: draft.number,
  })
  expect(await ticketsOf(contactId)).toMatchObject([{ id: draft.id, state: 'solved', category: 'complaint' }])
  expect((await findTicketView(db.sql, draft.id))?.messages).toMatchObject([
    { author: { name: 'alice' }, text: '已登记序列号' },
    { author: { name: 'bob' }, text: '客户要求赔偿' },
  ])
  expect((await findContactView(db.sql, contactId))?.segments).toMatchObject([
    { agent: { id: alice.userId }, disposition: 'solved', category: 'repair' },
    { agent: { id: bob.userId }, disposition: 'complaint', category: 'complaint' },
  ])
})

it('[CT20] says the notes that were passed on once, and keeps what a colleague saved from who wants no ticket', async () => {
  const { contactId, alice, bob, draft } = await passedOn()
  await save(alice, contactId, { ticket: { note: '要折扣' } })
  expect(unwrap(await save(bob, contactId, { ticket: { note: ' 要折扣\n' } }))).toEqual({ ticketNumber: draft.number })
  expect((await findTicketView(db.sql, draft.id))?.messages).toHaveLength(1)

  const other = await passedOn()
  await save(other.alice, other.contactId, {})
  expect(unwrap(await save(other.bob, other.contactId, { ticket: null }))).toEqual({ ticketNumber: null })
  expect(await ticketsOf(other.contactId)).toMatchObject([{ id: other.draft.id, state: 'open' }])
})

it('[CT20] leaves one ticket when both save in the same moment, and a new one to who wants it after all', async () => {
  const both = await passedOn()
  await Promise.all([save(both.alice, both.contactId, {}), save(both.bob, both.contactId, {})])
  expect(await ticketsOf(both.contactId)).toHaveLength(1)

  const late = await passedOn()
  await save(late.alice, late.contactId, { ticket: null })
  expect(await ticketsOf(late.contactId)).toEqual([])
  await save(late.bob, late.contactId, { ticket: { subject: 'doch' } })
  expect(await ticketsOf(late.contactId)).toMatchObject([{ subject: 'doch', state: 'open' }])
})

type WrappingUp = Actor & { segmentId: SegmentId }

/** Alice passed a call on to Bob; it is over, both wrap up, and the system's draft waits. */
async function passedOn(): Promise<{ contactId: ContactId; alice: WrappingUp; bob: WrappingUp; draft: Ticket }> {
  const contactId = await aContact(db.sql)
  const [alice, bob] = [await wrappingUp('alice', contactId), await wrappingUp('bob', contactId)]
  await gateway.live.write(liveContact(contactId, 'here', { phase: 'talking' }))
  return { contactId, alice, bob, draft: await aTicket(db.sql, { state: 'draft', callId: contactId }) }
}

async function wrappingUp(name: string, contactId: ContactId): Promise<WrappingUp> {
  const { id: userId } = await aUser(db.sql, { name })
  const segmentId = newId<SegmentId>()
  const at = Date.now()
  gateway.ledger.record(contactId, 'segment_started', at, { segmentId, agentId: userId, queueId: null, entryId: null })
  const work = { state: 'wrap_up' as const, since: at, endsAt: at + 60_000, contactId, segmentId, queueId: null }
  unwrap(await gateway.store.save({ ...availableAgent([]), agentId: userId, work }))
  return { userId, name, role: 'agent', segmentId }
}

type Given = { ticket?: Partial<NonNullable<CommandInput<'wrap-up:complete'>['ticket']>> | null; disposition?: string }

async function save(actor: Actor, contactId: ContactId, { ticket = {}, disposition = 'solved' }: Given) {
  const blank = { customerId: null, personId: null, assigneeId: actor.userId, dueAt: null, note: '', solved: false }
  const standard = { ...blank, subject: '来电', priority: 'normal', category: 'other' } as const
  const saved = ticket && { ...standard, ...ticket }
  return complete(actor, { contactId, disposition, ticket: saved, next: null })
}

async function wrapUp({ userId }: Actor): Promise<NonNullable<DeskView['wrapUp']>> {
  return (await composeDesk(userId)).wrapUp!
}

const ticketsOf = async (contactId: ContactId) =>
  (await listTickets(db.sql, { contactId, state: 'draft,open,solved', page: 1, pageSize: 10 })).items
