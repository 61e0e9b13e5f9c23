import { randomUUID } from 'node:crypto'
import { AgentEvent } from '@ringdown/core/events'
import { QueueEntryId, RecordingId, SegmentId } from '@ringdown/core/kernel'
import { draftFromContact } from '@ringdown/core/ticket'
import {
  appendAgentEvents,
  appendContactEvents,
  findLadder,
  findPeaks,
  findTicketSource,
  listAgentEvents,
  listRecordings,
  rebuildProjections,
  saveLadder,
  savePeaks,
  TestDatabase,
} from '@ringdown/db/postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aContact, anEvent, aQueue, aUser } from '../factories/index.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())

async function anAnsweredContact() {
  const [queue, agent] = [await aQueue(db.sql, { name: { zh: '售后', en: 'After-sales' } }), await aUser(db.sql)]
  const contactId = await aContact(db.sql, { fromName: 'Mr Wang' })
  const segmentId = SegmentId.parse(randomUUID())
  const entryId = QueueEntryId.parse(randomUUID())
  const queueId = queue.id
  await appendContactEvents(db.sql, [
    anEvent(contactId, 'queue_entered', 1, { entryId, queueId, arrivedAt: 1, priority: 0 }),
    anEvent(contactId, 'segment_started', 2, { segmentId, agentId: agent.id, queueId, entryId }),
  ])
  return { contactId, segmentId, agent }
}

it('a recording is ready once its peaks are measured, also after its contact was folded again', async () => {
  const { contactId, segmentId } = await anAnsweredContact()
  const recordingId = RecordingId.parse(randomUUID())
  const state = async () => (await listRecordings(db.sql, contactId)).map((recording) => recording.state)
  const started = { recordingId, segmentId, path: '2026/a.wav' }
  await appendContactEvents(db.sql, [anEvent(contactId, 'recording_started', 3, started)])
  expect(await state()).toEqual(['recording'])
  const ended = { recordingId, segmentId, durationMs: 2_000, bytes: 64_044, sha256: 'abc', failed: false }
  await appendContactEvents(db.sql, [anEvent(contactId, 'recording_ended', 4, ended)])
  expect(await state()).toEqual(['finalising'])
  await savePeaks(db.sql, recordingId, { left: [-0.1, 0.2], right: [0, 0] })
  expect(await state()).toEqual(['ready'])
  await rebuildProjections(db.sql, contactId)
  expect(await state()).toEqual(['ready'])
  expect(await findPeaks(db.sql, recordingId)).toEqual({ durationMs: 2_000, left: [-0.1, 0.2], right: [0, 0] })
})

it('a ticket is drafted from what is known of an answered call, and not from an unanswered one', async () => {
  const { contactId, agent } = await anAnsweredContact()
  const source = await findTicketSource(db.sql, contactId)
  expect(source).toMatchObject({ language: 'zh', callerName: 'Mr Wang', agentId: agent.id, customerId: null })
  expect(source && draftFromContact(source).subject).toBe('售后：Mr Wang 来电')
  expect(await findTicketSource(db.sql, await aContact(db.sql))).toBeUndefined()
})

it('the SIP ladder is kept whole and replaced by a later capture', async () => {
  const contactId = await aContact(db.sql)
  const message = {
    at: 1,
    direction: 'in',
    transport: 'udp',
    local: 'a',
    remote: 'b',
    text: 'INVITE sip:4000@x\r\n',
  } as const
  expect(await findLadder(db.sql, contactId)).toBeUndefined()
  await saveLadder(db.sql, contactId, [message])
  await saveLadder(db.sql, contactId, [message, { ...message, direction: 'out', text: 'SIP/2.0 100 Trying\r\n' }])
  expect((await findLadder(db.sql, contactId))?.map(({ direction }) => direction)).toEqual(['in', 'out'])
})

it('the log of agents takes an event once and lets nobody change it', async () => {
  const agent = await aUser(db.sql)
  const event = (at: number, state: string, previous: string | null) =>
    AgentEvent.parse({
      eventId: randomUUID(),
      agentId: agent.id,
      at,
      type: 'status_chosen',
      state,
      previous,
      contactId: null,
      by: { party: 'agent', userId: agent.id },
    })
  const events = [event(1_000, 'available', null), event(2_000, 'meal', 'available'), event(9_000, 'available', 'meal')]
  await appendAgentEvents(db.sql, events)
  await appendAgentEvents(db.sql, events.slice(1))
  expect(await listAgentEvents(db.sql, { agentId: agent.id, from: 1_000, to: 9_000 })).toEqual(events.slice(0, 2))
  await expect(db.sql`update agent_events set state = 'break'`).rejects.toThrow('append-only')
})
