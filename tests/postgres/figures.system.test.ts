import { randomUUID } from 'node:crypto'
import type { QueueOutcome } from '@ringdown/core/contact'
import { QueueEntryId, type QueueId, SegmentId, type UserId } from '@ringdown/core/kernel'
import {
  agentDays,
  appendContactEvents,
  averageHandleMs,
  boardCounters,
  findContactView,
  listContacts,
  recentContacts,
  TestDatabase,
} from '@ringdown/db/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aContact, anEvent, aQueue, aUser } from '../factories/index.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())

const minute = 60_000
const dayStart = Date.UTC(2026, 2, 1, 16)

/** One stay that waited so long; `outcome` null: still waiting. Answered ones talk a minute and wrap up half of one. */
async function aStay(
  queueId: QueueId,
  agentId: UserId,
  { at, waitedMs, outcome, number }: { at: number; waitedMs: number; outcome: QueueOutcome | null; number?: string },
) {
  const contactId = await aContact(db.sql, { at, ...(number && { number, from: number }) })
  const stay = { entryId: QueueEntryId.parse(randomUUID()), queueId }
  const entered = anEvent(contactId, 'queue_entered', at, { ...stay, arrivedAt: at, priority: 0 })
  await appendContactEvents(db.sql, [entered])
  if (outcome === null) return contactId
  const answered = outcome === 'answered'
  const ended = { ...stay, outcome, waitedMs, agentId: answered ? agentId : null }
  await appendContactEvents(db.sql, [anEvent(contactId, 'queue_entry_ended', at + waitedMs, ended)])
  if (answered) {
    const startedAt = at + waitedMs
    const who = { segmentId: SegmentId.parse(randomUUID()), agentId }
    await appendContactEvents(db.sql, [
      anEvent(contactId, 'segment_started', startedAt, { ...who, queueId, entryId: stay.entryId }),
      anEvent(contactId, 'segment_ended', startedAt + minute, { ...who, by: 'caller', reason: 'normal' }),
      anEvent(contactId, 'wrap_up_started', startedAt + minute, { ...who, endsAt: startedAt + 2 * minute }),
      anEvent(contactId, 'wrap_up_ended', startedAt + 1.5 * minute, { ...who, disposition: 'solved', by: 'agent' }),
    ])
  }
  return contactId
}

describe('the figures of a day', () => {
  it('count each stay once, in the half hour in which it began', async () => {
    const [queue, quiet, agent] = [await aQueue(db.sql), await aQueue(db.sql), await aUser(db.sql)]
    const at = (minutes: number) => dayStart + minutes * minute
    await aStay(queue.id, agent.id, { at: at(-5), waitedMs: 1_000, outcome: 'answered' })
    await aStay(queue.id, agent.id, { at: at(-1), waitedMs: 0, outcome: null })
    await aStay(queue.id, agent.id, { at: at(1), waitedMs: 10_000, outcome: 'answered' })
    await aStay(queue.id, agent.id, { at: at(29), waitedMs: 30_000, outcome: 'answered' })
    await aStay(queue.id, agent.id, { at: at(31), waitedMs: 3_000, outcome: 'short_abandoned' })
    await aStay(queue.id, agent.id, { at: at(40), waitedMs: 90_000, outcome: 'abandoned' })
    await aStay(queue.id, agent.id, { at: at(45), waitedMs: 15_000, outcome: 'left_by_key' })
    await aStay(queue.id, agent.id, { at: at(61), waitedMs: 0, outcome: null })

    const tiles = await boardCounters(db.sql, { dayStart, now: at(65) })
    const empty = { offered: 0, answered: 0, abandoned: 0, flowedOut: 0, answeredInTime: 0, abandonedInTime: 0 }
    expect(tiles.find(({ id }) => id === queue.id)).toEqual({
      id: queue.id,
      key: queue.key,
      name: queue.name,
      waiting: 2,
      longestWaitSince: at(-1),
      offered: 6,
      answered: 2,
      abandoned: 2,
      shortAbandoned: 1,
      flowedOut: 1,
      answeredInTime: 1,
      serviceLevel: 1 / 4,
      serviceLevelStrict: 1 / 4,
      serviceLevelTarget: 0.8,
      serviceLevelMs: 20_000,
      asaMs: 20_000,
      intervals: [
        { at: at(0), ...empty, offered: 2, answered: 2, answeredInTime: 1 },
        { at: at(30), ...empty, offered: 3, abandoned: 2, abandonedInTime: 1, flowedOut: 1 },
        { at: at(60), ...empty, offered: 1 },
      ],
      drift: 0,
    })
    expect(tiles.find(({ id }) => id === quiet.id)).toMatchObject({
      offered: 0,
      serviceLevel: null,
      asaMs: null,
      longestWaitSince: null,
      intervals: [empty, empty, empty],
    })
    const days = await agentDays(db.sql, { from: dayStart, to: at(65) })
    expect(days.get(agent.id)).toEqual({
      answered: 2,
      talkMs: 2 * minute,
      wrapUpMs: minute,
      lastCallEndedAt: at(29) + 30_000 + minute,
    })
  })

  it('estimate handling by the same half hour of the weeks before, else by the last day', async () => {
    const [usual, recent, fresh, agent] = [
      await aQueue(db.sql),
      await aQueue(db.sql),
      await aQueue(db.sql),
      await aUser(db.sql),
    ]
    const now = dayStart + 100 * minute
    await aStay(usual.id, agent.id, { at: now - 7 * 24 * 60 * minute, waitedMs: 0, outcome: 'answered' })
    await aStay(recent.id, agent.id, { at: now - 5 * 60 * minute, waitedMs: 0, outcome: 'answered' })
    await aStay(fresh.id, agent.id, { at: now - 3 * 24 * 60 * minute, waitedMs: 0, outcome: 'answered' })
    const handle = await averageHandleMs(db.sql, now)
    expect([handle.get(usual.id), handle.get(recent.id), handle.get(fresh.id)]).toEqual([
      1.5 * minute,
      1.5 * minute,
      undefined,
    ])
  })
})

describe('contacts', () => {
  it('are listed by queue, agent, outcome, time and number, newest first', async () => {
    const [queue, agent, other] = [await aQueue(db.sql), await aUser(db.sql), await aUser(db.sql)]
    const number = '+442079460123'
    const first = await aStay(queue.id, agent.id, { at: dayStart, waitedMs: 5_000, outcome: 'answered', number })
    const second = await aStay(queue.id, agent.id, { at: dayStart + 1, waitedMs: 6_000, outcome: 'abandoned', number })
    const found = async (filter: Parameters<typeof listContacts>[1] extends infer F ? Partial<F> : never) =>
      (await listContacts(db.sql, { page: 1, pageSize: 10, queueId: queue.id, ...filter })).items.map(({ id }) => id)
    expect(await found({})).toEqual([second, first])
    expect(await found({ sort: 'startedAt' })).toEqual([first, second])
    expect(await found({ agentId: agent.id })).toEqual([first])
    expect(await found({ agentId: other.id })).toEqual([])
    expect(await found({ outcome: 'abandoned,short_abandoned' })).toEqual([second])
    expect(await found({ from: dayStart + 1 })).toEqual([second])
    expect(await found({ to: dayStart + 1 })).toEqual([first])
    expect(await found({ search: '020 7946 0123' })).toEqual([])
    expect(await found({ search: '20 7946 0123' })).toEqual([second, first])
    const recent = await recentContacts(db.sql, { customerId: null, number, except: second })
    expect(recent).toMatchObject([{ id: first, waitedMs: 5_000, talkMs: minute, disposition: 'solved', number }])
  })

  it('are shown whole on their page', async () => {
    const [queue, agent] = [await aQueue(db.sql), await aUser(db.sql, { name: '李娜' })]
    const id = await aStay(queue.id, agent.id, { at: dayStart, waitedMs: 5_000, outcome: 'answered' })
    const view = await findContactView(db.sql, id)
    expect(view).toMatchObject({
      summary: { queue: queue.name, agent: { name: '李娜' }, outcome: 'answered' },
      entries: [{ queue: queue.name, outcome: 'answered', waitedMs: 5_000 }],
      segments: [{ agent: { id: agent.id, name: '李娜' }, wrapUpMs: minute / 2, heldMs: 0, endedBy: 'caller' }],
      recordings: [],
      surveys: [],
      tickets: [],
      termination: null,
    })
    expect(view?.events.map(({ type }) => type)).toEqual([
      'contact_started',
      'queue_entered',
      'queue_entry_ended',
      'segment_started',
      'segment_ended',
      'wrap_up_started',
      'wrap_up_ended',
    ])
  })
})
