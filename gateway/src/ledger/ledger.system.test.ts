import { randomUUID } from 'node:crypto'
import { plainRouting } from '@ringdown/core/acd'
import type { BusMessage, ContactEvent } from '@ringdown/core/events'
import { ContactId, GatewayId, OfferId, QueueEntryId, QueueId, UserId } from '@ringdown/core/kernel'
import { createQueue, listContactEvents } from '@ringdown/db/postgres'
import { TestDatabase } from '@ringdown/db/postgres/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Ledger, openLedger } from './ledger.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await TestDatabase.create()
})
afterAll(() => database[Symbol.asyncDispose]())

const late = { keep: () => undefined, drop: () => undefined, has: () => false }

function open() {
  const told: BusMessage[] = []
  const bus = { publish: async (message: BusMessage) => void told.push(message) }
  return {
    told,
    ledger: openLedger({ sql: database.sql, bus, log: pino({ level: 'silent' }), newId: randomUUID, late }),
  }
}

const newContact = () => ContactId.parse(randomUUID())
const began = (ledger: Ledger, contactId: ContactId) =>
  ledger.record(contactId, 'contact_started', 1000, {
    direction: 'inbound',
    from: '13900138000',
    fromName: null,
    number: '+8613900138000',
    place: null,
    to: '4000',
    sipCallId: randomUUID(),
    gatewayId: GatewayId.parse('gateway-1'),
  })
const ended = { termination: { party: 'caller', reason: 'normal' } } as const
const typesOf = (events: ContactEvent[]) => events.map(({ type }) => type)

it('writes the events of a contact in the order in which they were recorded, and tells them once written', async () => {
  const { ledger, told } = open()
  await using _ = ledger
  const contacts = Array.from({ length: 5 }, newContact)
  for (const id of contacts) began(ledger, id)
  for (const id of contacts) ledger.record(id, 'language_chosen', 1001, { language: 'en' })
  for (const id of contacts) ledger.record(id, 'contact_ended', 1002, ended)
  await Promise.all(contacts.map((id) => ledger.written(id)))
  for (const id of contacts) {
    const written = await listContactEvents(database.sql, id)
    expect(typesOf(written)).toEqual(['contact_started', 'language_chosen', 'contact_ended'])
    const heard = told.flatMap((m) => (m.kind === 'contact' && m.event.contactId === id ? [m.event] : []))
    expect(heard).toEqual(written)
  }
  expect(ledger.pending).toBe(0)
})

it('sets an event aside that the ledger refuses, and writes those behind it', async () => {
  const { ledger } = open()
  await using _ = ledger
  const contactId = newContact()
  const queue = await createQueue(database.sql, queueOf(randomUUID()))
  const queueId = queue.ok ? queue.value.id : QueueId.parse(randomUUID())
  began(ledger, contactId)
  // An entry that nobody entered cannot end.
  const nowhere = { entryId: QueueEntryId.parse(randomUUID()), queueId }
  ledger.record(contactId, 'queue_entry_ended', 1001, { ...nowhere, outcome: 'abandoned', waitedMs: 1, agentId: null })
  ledger.record(contactId, 'contact_ended', 1002, ended)
  await ledger.written(contactId)
  expect(typesOf(await listContactEvents(database.sql, contactId))).toEqual(['contact_started', 'contact_ended'])
})

it('refuses to record what is no event', async () => {
  const { ledger } = open()
  await using _ = ledger
  expect(() => ledger.record(newContact(), 'language_chosen', -1, { language: 'en' })).toThrow()
})

it('tells of offers at once, before they can be written, and of everything else afterwards', async () => {
  const { ledger, told } = open()
  await using _ = ledger
  const contactId = newContact()
  began(ledger, contactId)
  await ledger.written(contactId)
  const kinds = () =>
    told.map((m) => (m.kind === 'contact' || m.kind === 'offer' ? `${m.kind} ${m.event.type}` : m.kind))
  const held = await database.sql.reserve()
  await held`begin`
  await held`select 1 from contacts where id = ${contactId} for update`
  const [offerId, entryId] = [OfferId.parse(randomUUID()), QueueEntryId.parse(randomUUID())]
  const ids = { offerId, entryId, queueId: QueueId.parse(randomUUID()), agentId: UserId.parse(randomUUID()) }
  ledger.record(contactId, 'offer_made', 1001, { ...ids, expiresAt: 2000 })
  ledger.record(contactId, 'contact_ended', 1002, ended)
  expect(kinds()).toEqual(['contact contact_started', 'offer offer_made'])
  await held`rollback`
  held.release()
  await ledger.written(contactId)
  expect(kinds()).toContain('contact contact_ended')
})

const queueOf = (key: string) => ({
  key: `q-${key.slice(0, 8)}`,
  name: { zh: '售后', en: 'After-sales' },
  strategy: 'longest_idle' as const,
  requiredSkills: [],
  ...plainRouting,
  offerMs: 20_000,
  wrapUpMs: 60_000,
  maxWaitMs: null,
  shortAbandonMs: 5000,
  serviceLevelMs: 20_000,
  serviceLevelTarget: 0.8,
  announceEveryMs: null,
  music: 'default',
  survey: false,
})
