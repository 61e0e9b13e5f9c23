import { randomUUID } from 'node:crypto'
import { SegmentId, SkillId, type UserId, unwrap } from '@ringdown/core/kernel'
import { appendContactEvents, changeQueue, lastAgentOf, listQueues, TestDatabase } from '@ringdown/db/postgres'
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

async function talked(number: string, agentId: UserId, at: number): Promise<void> {
  const contactId = await aContact(db.sql, { at, number, from: number })
  const who = { segmentId: SegmentId.parse(randomUUID()), agentId }
  await appendContactEvents(db.sql, [
    anEvent(contactId, 'segment_started', at, { ...who, queueId: null, entryId: null }),
    anEvent(contactId, 'segment_ended', at + 1_000, { ...who, by: 'caller', reason: 'normal' }),
  ])
}
