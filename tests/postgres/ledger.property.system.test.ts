import { drift } from '@ringdown/core/contact'
import {
  appendContactEvents,
  boardCounters,
  findContact,
  type ISql,
  listQueueEntries,
  listRecordings,
  listSegments,
  listSurveysOfContact,
  queueBalance,
  rebuildProjections,
  TestDatabase,
} from '@ringdown/db/postgres'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aQueue, aUser } from '../factories/index.ts'
import { ContactWalk } from './contact-walk.ts'

const choices = fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 1_000_000 })), { minLength: 10, maxLength: 60 })

it('keeps every queue in balance and every projection rebuildable, whatever contacts do', async () => {
  await using db = await TestDatabase.create()
  const { sql } = db
  const queues = [await aQueue(sql), await aQueue(sql)]
  const agents = [await aUser(sql), await aUser(sql)]
  let startedAt = Date.UTC(2026, 0, 5)

  await fc.assert(
    fc.asyncProperty(choices, async (steps) => {
      startedAt += 86_400_000
      const world = { queues: queues.map(({ id }) => id), agents: agents.map(({ id }) => id), startedAt }
      const walks = [new ContactWalk(world), new ContactWalk(world), new ContactWalk(world)]
      for (const [who, choice] of steps) walks[who]?.step(choice)
      // Interleaved, in batches, as several gateways would write them.
      const events = walks.flatMap((walk) => walk.events).sort((a, b) => a.at - b.at)
      for (let i = 0; i < events.length; i += 7) await appendContactEvents(sql, events.slice(i, i + 7))

      const entered = events.filter((event) => event.type === 'queue_entered')
      const tiles = await boardCounters(sql, { dayStart: startedAt, now: startedAt + 86_400_000 })
      for (const { id } of queues) {
        const balance = await queueBalance(sql, id, startedAt, startedAt + 86_400_000)
        const tile = tiles.find((one) => one.id === id)
        expect(drift(balance)).toBe(0)
        expect(balance.offered).toBe(entered.filter((event) => event.queueId === id).length)
        expect(tile).toMatchObject({ ...balance, waiting: expect.any(Number), drift: 0 })
        expect(tile?.intervals.reduce((sum, { offered }) => sum + offered, 0)).toBe(balance.offered)
      }
      for (const { contactId } of walks) {
        const before = await rowsOf(sql, contactId)
        expect(await rebuildProjections(sql, contactId)).toBe(true)
        expect(await rowsOf(sql, contactId)).toEqual(before)
      }
    }),
    { numRuns: 25, seed: 42 },
  )
})

async function rowsOf(sql: ISql, contactId: ContactWalk['contactId']) {
  return {
    contact: await findContact(sql, contactId),
    entries: await listQueueEntries(sql, contactId),
    segments: await listSegments(sql, contactId),
    recordings: await listRecordings(sql, contactId),
    surveys: await listSurveysOfContact(sql, contactId),
  }
}
