import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContactEvent } from '@ringdown/core/events'
import { type ContactId, type QueueId, RecordingId, SegmentId, SurveyId, type UserId } from '@ringdown/core/kernel'
import {
  appendContactEvents,
  findPeaks,
  findTicketOfCall,
  listSurveysOfContact,
  listTickets,
} from '@ringdown/db/postgres'
import { TestDatabase } from '@ringdown/db/postgres/testing'
import { readConfig } from '@ringdown/workers/config'
import { startWorkers, type Workers } from '@ringdown/workers/start'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aContact, anEvent, aPerson, aQueue, aUser } from '../factories/index.ts'

let db: TestDatabase
let workers: Workers
let recordingDir: string
let agentId: UserId
let queueId: QueueId

beforeAll(async () => {
  db = await TestDatabase.create()
  recordingDir = await mkdtemp(join(tmpdir(), 'ringdown-recordings-'))
  agentId = (await aUser(db.sql)).id
  queueId = (await aQueue(db.sql)).id
  workers = await startWorkers(
    readConfig({
      DATABASE_URL: db.url,
      REDIS_URL: process.env.RINGDOWN_TEST_REDIS_URL,
      RINGDOWN_REDIS_PREFIX: `${randomUUID()}:`,
      RINGDOWN_RECORDING_DIR: recordingDir,
      RINGDOWN_WORKERS_METRICS_PORT: '0',
    }),
    pino({ level: 'silent' }),
  )
})
afterAll(async () => {
  await workers[Symbol.asyncDispose]()
  await db[Symbol.asyncDispose]()
  await rm(recordingDir, { recursive: true })
})

it('drafts one ticket from an answered call, however often it hears of it', async () => {
  const { contactId, started } = await answeredCall()
  await expect.poll(() => findTicketOfCall(db.sql, contactId)).toBeDefined()
  const draft = await findTicketOfCall(db.sql, contactId)
  expect(draft).toMatchObject({ state: 'draft', channel: 'voice', assigneeId: agentId })
  // The same fact again, as after a relay that died between adding the job and its commit.
  await db.sql`update outbox set relayed_at = null where message -> 'event' ->> 'eventId' = ${started.eventId}`
  await db.sql`notify outbox`
  await expect.poll(async () => (await db.sql`select 1 from outbox where relayed_at is null`).length).toBe(0)
  expect(await ticketsOf(contactId)).toHaveLength(1)
})

it('[CT20] names the draft after the customer whom the agent chooses', async () => {
  const { contactId } = await answeredCall()
  await expect.poll(async () => (await findTicketOfCall(db.sql, contactId))?.subject).toContain('+8613900138000')
  const { id: personId, customerId } = await aPerson(db.sql, { name: '赵敏' })
  const candidate = {
    customerId,
    personId,
    customerName: 'x',
    personName: '赵敏',
    grade: 'A',
    because: 'number' as const,
  }
  await appendContactEvents(db.sql, [
    anEvent(contactId, 'caller_matched', 3, { match: { kind: 'one', candidate }, by: 'agent', code: null }),
  ])
  await expect.poll(async () => (await findTicketOfCall(db.sql, contactId))?.subject).toContain('赵敏')
  expect(await findTicketOfCall(db.sql, contactId)).toMatchObject({ state: 'draft', customerId, personId })
})

it('opens the draft when wrap-up ran out without the agent, and leaves it to him when he was there', async () => {
  const left = await answeredCall()
  const kept = await answeredCall()
  for (const { contactId } of [left, kept]) await expect.poll(() => findTicketOfCall(db.sql, contactId)).toBeDefined()
  await wrapUp(left, 'timer')
  await wrapUp(kept, 'agent')
  await expect.poll(async () => (await ticketsOf(left.contactId))[0]?.state).toBe('open')
  expect((await ticketsOf(kept.contactId))[0]?.state).toBe('draft')
})

it('opens a ticket at once from a call that nobody wraps up', async () => {
  const { contactId, segmentId } = await answeredCall()
  await appendContactEvents(db.sql, [
    anEvent(contactId, 'segment_ended', 3, { segmentId, agentId, by: 'caller', reason: 'normal' }),
    anEvent(contactId, 'contact_ended', 3, { termination: { party: 'caller', reason: 'normal' } }),
  ])
  await expect.poll(async () => (await ticketsOf(contactId)).map(({ state }) => state)).toEqual(['open'])
})

it('measures the peaks of a finished recording', async () => {
  const { contactId, segmentId } = await answeredCall()
  const recordingId = RecordingId.parse(randomUUID())
  const path = `2026/${recordingId}.wav`
  await mkdir(join(recordingDir, '2026'), { recursive: true })
  await writeFile(join(recordingDir, path), stereoWav([16_384, -16_384]))
  await appendContactEvents(db.sql, [
    anEvent(contactId, 'recording_started', 2, { recordingId, segmentId, path }),
    anEvent(contactId, 'recording_ended', 3, {
      recordingId,
      segmentId,
      durationMs: 1000,
      bytes: 100,
      sha256: 'x',
      failed: false,
    }),
  ])
  await expect.poll(() => findPeaks(db.sql, recordingId)).toMatchObject({ durationMs: 1000 })
  const peaks = await findPeaks(db.sql, recordingId)
  expect(Math.max(...(peaks?.left ?? []))).toBeCloseTo(0.5)
  expect(Math.min(...(peaks?.right ?? []))).toBeCloseTo(-0.5)
})

it('joins a survey to the ticket of its call', async () => {
  const { contactId, segmentId } = await answeredCall()
  await expect.poll(() => findTicketOfCall(db.sql, contactId)).toBeDefined()
  const draft = await findTicketOfCall(db.sql, contactId)
  const surveyId = SurveyId.parse(randomUUID())
  await appendContactEvents(db.sql, [
    anEvent(contactId, 'survey_sent', 4, { surveyId, segmentId, agentId, queueId, trigger: 'after_call' }),
    anEvent(contactId, 'survey_answered', 5, { surveyId, question: 'csat', score: 5 }),
  ])
  await expect.poll(async () => (await listSurveysOfContact(db.sql, contactId))[0]?.ticketId).toBe(draft?.id)
  expect((await listSurveysOfContact(db.sql, contactId))[0]).toMatchObject({ csat: 5, agentId, queueId, segmentId })
})

it('tells how it does', async () => {
  const metrics = await (await fetch(`http://127.0.0.1:${workers.opsPort}/metrics`)).text()
  expect(metrics).toMatch(/ringdown_jobs_total\{job="ticket-from-call",result="done"\} [1-9]/)
})

type Call = { contactId: ContactId; segmentId: SegmentId; started: ContactEvent }

async function answeredCall(): Promise<Call> {
  const contactId = await aContact(db.sql, { at: 1 })
  const segmentId = SegmentId.parse(randomUUID())
  const started = anEvent(contactId, 'segment_started', 2, { segmentId, agentId, queueId, entryId: null })
  await appendContactEvents(db.sql, [started])
  return { contactId, segmentId, started }
}

async function wrapUp({ contactId, segmentId }: Call, by: 'agent' | 'timer'): Promise<void> {
  await appendContactEvents(db.sql, [
    anEvent(contactId, 'segment_ended', 3, { segmentId, agentId, by: 'caller', reason: 'normal' }),
    anEvent(contactId, 'contact_ended', 3, { termination: { party: 'caller', reason: 'normal' } }),
    anEvent(contactId, 'wrap_up_started', 3, { segmentId, agentId, endsAt: 4 }),
    anEvent(contactId, 'wrap_up_ended', 4, { segmentId, agentId, disposition: null, by }),
  ])
}

const ticketsOf = async (contactId: ContactId) =>
  (await listTickets(db.sql, { contactId, state: 'draft,open,pending,solved,closed', page: 1, pageSize: 10 })).items

/** One second of two constant channels. */
function stereoWav([left, right]: [number, number]): Buffer {
  const wav = Buffer.alloc(44 + 8_000 * 4)
  wav.write('RIFF', 0, 'latin1')
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(16, 16)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(8_000 * 4, 40)
  for (let frame = 0; frame < 8_000; frame++) {
    wav.writeInt16LE(left, 44 + frame * 4)
    wav.writeInt16LE(right, 46 + frame * 4)
  }
  return wav
}
