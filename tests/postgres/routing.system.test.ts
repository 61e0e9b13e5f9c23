import { randomUUID } from 'node:crypto'
import type { QueueOutcome } from '@ringdown/core/contact'
import { EventId, OfferId, QueueEntryId, QueueId, SegmentId, SkillId, UserId, unwrap } from '@ringdown/core/kernel'
import {
  appendAgentEvents,
  appendContactEvents,
  appendDecisions,
  changeQueue,
  deleteDecisions,
  lastAgentOf,
  listDecisions,
  listPastStays,
  listQueues,
  listShownStates,
  type RoutingDecision,
  spanOfDay,
  TestDatabase,
  waitErrors,
} from '@ringdown/db/postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aContact, anEvent, aQueue, aUser } from '../factories/index.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())

it('keeps all routing rules of a queue, and changes those that are given', async () => {
  const [helpers, agent, skillId] = [await aQueue(db.sql), await aUser(db.sql), SkillId.parse(randomUUID())]
  const rules = {
    strategy: 'round_robin',
    preferredSkills: [skillId],
    memberOrder: [agent.id],
    steps: [{ afterMs: 30_000, levels: [{ skillId, level: 0 }], groups: [helpers.id] }],
    weight: 3,
    preferLastAgentMs: 20_000,
  } as const
  const queue = await aQueue(db.sql, structuredClone(rules) as never)
  expect(queue).toMatchObject(rules)
  const changed = unwrap(await changeQueue(db.sql, queue.id, { weight: 0, memberOrder: [] }))
  expect(changed).toEqual({ ...queue, weight: 0, memberOrder: [] })
  expect((await listQueues(db.sql)).find(({ id }) => id === queue.id)).toEqual(changed)
})

it('finds whom a caller spoke to last, by his number', async () => {
  const [first, last] = [await aUser(db.sql), await aUser(db.sql)]
  const number = '+8613912345678'
  await talked(number, first.id, 1_000_000)
  await talked(number, last.id, 2_000_000)
  await talked('+8613900000009', first.id, 3_000_000)
  expect(await lastAgentOf(db.sql, { customerId: null, number, since: 0 })).toBe(last.id)
  expect(await lastAgentOf(db.sql, { customerId: null, number, since: 2_500_000 })).toBeNull()
  expect(await lastAgentOf(db.sql, { customerId: null, number: null, since: 0 })).toBeNull()
})

it('keeps why, with what became of the offer, and forgets it by age', async () => {
  const [contactId, agent, queue] = [await aContact(db.sql), await aUser(db.sql), await aQueue(db.sql)]
  const [skillId, other, offerId] = [
    SkillId.parse(randomUUID()),
    UserId.parse(randomUUID()),
    OfferId.parse(randomUUID()),
  ]
  const stay = { entryId: QueueEntryId.parse(randomUUID()), queueId: QueueId.parse(queue.id) }
  const decision: RoutingDecision = {
    ...{ contactId, ...stay, at: 5_000, strategy: 'linear', waitedMs: 300, priority: 1, agentId: agent.id, offerId },
    candidates: [
      { agentId: other, verdict: 'lacks_skill', score: [0, 1, other], lacks: { skillId, level: 3 } },
      { agentId: UserId.parse(randomUUID()), verdict: 'refused_lately', score: [0, 2.5, 'b'], until: 9_000 },
      { agentId: agent.id, verdict: 'offered', score: [1, 2, 'c'] },
    ],
    others: { taken: 7 },
  }
  const nobody: RoutingDecision = { ...decision, at: 4_000, agentId: null, offerId: null, candidates: [], others: {} }
  for (const again of [1, 2]) await appendDecisions(db.sql, again === 1 ? [decision] : [decision, nobody])
  const offer = { ...stay, offerId, agentId: agent.id }
  await appendContactEvents(db.sql, [
    anEvent(contactId, 'queue_entered', 4_000, { ...stay, arrivedAt: 4_000, priority: 1 }),
    anEvent(contactId, 'offer_made', 5_000, { ...offer, expiresAt: 9_000 }),
    anEvent(contactId, 'offer_ended', 6_000, { ...offer, outcome: 'rejected' }),
  ])
  const { contactId: _, ...told } = decision
  const { contactId: __, ...toldOfNobody } = nobody
  expect(await listDecisions(db.sql, contactId)).toEqual([
    { ...toldOfNobody, outcome: null, outcomeAt: null },
    { ...told, outcome: 'rejected', outcomeAt: 6_000 },
  ])
  expect(await deleteDecisions(db.sql, 5_000, 10)).toBe(1)
  expect(await listDecisions(db.sql, contactId)).toMatchObject([{ at: 5_000 }])
})

it('grades the estimate by those who were answered after a wait', async () => {
  const [queue, quiet, agent] = [await aQueue(db.sql), await aQueue(db.sql), await aUser(db.sql)]
  const stay = async (expectedMs: number | null, waitedMs: number, outcome: QueueOutcome, at = 100_000) => {
    const contactId = await aContact(db.sql, { at })
    const entry = { entryId: QueueEntryId.parse(randomUUID()), queueId: queue.id }
    const agentId = outcome === 'answered' ? agent.id : null
    await appendContactEvents(db.sql, [
      anEvent(contactId, 'queue_entered', at, { ...entry, arrivedAt: at, priority: 0, expectedMs }),
      anEvent(contactId, 'queue_entry_ended', at + waitedMs, { ...entry, outcome, waitedMs, agentId }),
    ])
  }
  await stay(60_000, 30_000, 'answered')
  await stay(0, 20_000, 'answered')
  await stay(0, 9_000, 'answered')
  await stay(90_000, 400_000, 'abandoned')
  await stay(null, 400_000, 'answered')
  await stay(500_000, 20_000, 'answered', 1_000)
  const errors = await waitErrors(db.sql, 50_000)
  expect(errors.get(queue.id)).toEqual({ count: 2, meanErrorMs: 25_000, biasMs: 5_000, meanWaitMs: 25_000 })
  expect(errors.get(quiet.id)).toBeUndefined()
})

it('reads a day back as it was: who came, how long he took, who was there', async () => {
  const [queue, agent] = [await aQueue(db.sql), await aUser(db.sql)]
  const { from, to } = await spanOfDay(db.sql, '2026-03-02', 'Asia/Shanghai')
  expect([from, to]).toEqual([Date.UTC(2026, 2, 1, 16), Date.UTC(2026, 2, 2, 16)])
  const at = from + 1_000
  const contactId = await aContact(db.sql, { at })
  const entry = { entryId: QueueEntryId.parse(randomUUID()), queueId: queue.id }
  const who = { segmentId: SegmentId.parse(randomUUID()), agentId: agent.id }
  await appendContactEvents(db.sql, [
    anEvent(contactId, 'queue_entered', at, { ...entry, arrivedAt: at, priority: 2 }),
    anEvent(contactId, 'queue_entry_ended', at + 500, {
      ...entry,
      outcome: 'answered',
      waitedMs: 500,
      agentId: agent.id,
    }),
    anEvent(contactId, 'segment_started', at + 500, { ...who, queueId: queue.id, entryId: entry.entryId }),
    anEvent(contactId, 'segment_ended', at + 60_500, { ...who, by: 'caller', reason: 'normal' }),
    anEvent(contactId, 'wrap_up_started', at + 60_500, { ...who, endsAt: at + 99_000 }),
    anEvent(contactId, 'wrap_up_ended', at + 80_500, { ...who, disposition: null, by: 'agent' }),
  ])
  expect(await listPastStays(db.sql, { from, to })).toEqual([
    { queueId: queue.id, at, priority: 2, outcome: 'answered', waitedMs: 500, handleMs: 80_000 },
  ])
  const shows = (state: string, shownAt: number) => ({
    ...{ eventId: EventId.parse(randomUUID()), agentId: agent.id, at: shownAt, type: 'status_chosen' as const, state },
    ...{ previous: null, contactId: null, by: { party: 'agent' as const, userId: agent.id } },
  })
  await appendAgentEvents(db.sql, [shows('meal', from - 90), shows('available', from - 10), shows('break', from + 30)])
  expect(await listShownStates(db.sql, { from, to })).toEqual([
    { agentId: agent.id, at: from, state: 'available' },
    { agentId: agent.id, at: from + 30, state: 'break' },
  ])
})

async function talked(number: string, agentId: UserId, at: number): Promise<void> {
  const contactId = await aContact(db.sql, { at, number, from: number })
  const who = { segmentId: SegmentId.parse(randomUUID()), agentId }
  await appendContactEvents(db.sql, [
    anEvent(contactId, 'segment_started', at, { ...who, queueId: null, entryId: null }),
    anEvent(contactId, 'segment_ended', at + 1_000, { ...who, by: 'caller', reason: 'normal' }),
  ])
}
