import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verify } from '@node-rs/argon2'
import { drift } from '@ringdown/core/contact'
import type { ContactId } from '@ringdown/core/kernel'
import {
  callerCandidatesByNumber,
  createTicket,
  customerByCode,
  findAccountByLogin,
  findContact,
  findFlowByNumber,
  findLadder,
  findPeaks,
  findRecording,
  hasAdministrator,
  listAgentEvents,
  listContacts,
  listQueueEntries,
  listQueues,
  listTickets,
  listUsers,
  queueBalance,
  readSettings,
  rebuildProjections,
  TestDatabase,
} from '@ringdown/db/postgres'
import { DEMO_LOGINS, DEMO_PASSWORD, seedDemo, seedEmpty } from '@ringdown/db/seeds'
import { parsePhoneNumberWithError } from 'libphonenumber-js/max'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const now = Date.UTC(2026, 5, 17, 7, 30)
const page = { page: 1, pageSize: 200 }
let db: TestDatabase
let recordingDir: string
let seedMs: number

beforeAll(async () => {
  db = await TestDatabase.create()
  recordingDir = await mkdtemp(join(tmpdir(), 'ringdown-recordings-'))
  const begun = performance.now()
  await seedDemo(db.sql, { now, recordingDir })
  seedMs = performance.now() - begun
})
afterAll(async () => {
  await db[Symbol.asyncDispose]()
  await rm(recordingDir, { recursive: true })
})

const count = async (table: string) =>
  (await db.sql<{ count: number }[]>`select count(*) from ${db.sql(table)}`)[0]?.count

describe('the demo', () => {
  it('has 200 companies, 500 people and 2,000 contacts, made within a minute on a busy machine', async () => {
    expect([await count('customers'), await count('people'), await count('contacts')]).toEqual([200, 500, 2000])
    expect(seedMs).toBeLessThan(60_000)
  })

  it('is seeded once, and wakes nobody', async () => {
    expect(await seedDemo(db.sql, { now, recordingDir })).toBe(false)
    expect(await seedEmpty(db.sql)).toBe(false)
    expect(await count('outbox')).toBe(0)
  })

  it('is the same every time at the same moment', async () => {
    await using again = await TestDatabase.create()
    await seedDemo(again.sql, { now, recordingDir })
    const digest = async (sql: TestDatabase['sql']) => {
      const [row] = await sql`
        select (select md5(string_agg(e::text, '' order by contact_id, seq)) from contact_events e) as events,
          (select md5(string_agg(c::text, '' order by id)) from customers c) as customers,
          (select md5(string_agg(n::text, '' order by person_id, number)) from phone_numbers n) as numbers,
          (select md5(string_agg(t::text, '' order by id)) from tickets t) as tickets,
          (select md5(string_agg(a::text, '' order by event_id)) from agent_events a) as agent_events,
          (select md5(string_agg(l::text, '' order by contact_id)) from sip_ladders l) as ladders,
          (select md5(string_agg(q::text, '' order by id)) from queues q) as queues`
      return row
    }
    expect(await digest(again.sql)).toEqual(await digest(db.sql))
  })

  it('signs in with the password on the card', async () => {
    for (const login of [...DEMO_LOGINS.agents, DEMO_LOGINS.supervisor, DEMO_LOGINS.admin]) {
      const account = await findAccountByLogin(db.sql, login)
      expect(await verify(account?.passwordHash ?? '', DEMO_PASSWORD), login).toBe(true)
      expect(account?.passwordHash).toMatch(/^\$argon2id\$/)
    }
    const agents = (await listUsers(db.sql)).filter(({ role }) => role === 'agent')
    expect(agents.map(({ name, extension, queues }) => [name, extension, queues.length]).sort()).toEqual([
      ['李娜', '1001', 4],
      ['王敏', '1002', 4],
    ])
    expect(await readSettings(db.sql)).toMatchObject({ company: 'Ringdown 演示', demo: true, numberToCall: '4000' })
  })

  it('answers 4000 with a flow whose queues all exist', async () => {
    const published = await findFlowByNumber(db.sql, '4000')
    const named = JSON.stringify(published?.flow).match(/after-sales|"sales"|complaints|operator/g) ?? []
    const keys = (await listQueues(db.sql)).map(({ key }) => key)
    expect(published?.version).toBe(1)
    expect(keys).toEqual(['after-sales', 'complaints', 'operator', 'sales'])
    for (const key of named) expect(keys).toContain(key.replaceAll('"', ''))
  })

  it('has only valid phone numbers, of many countries', async () => {
    const rows = await db.sql<{ number: string }[]>`
      select number from phone_numbers union select number from contacts where number is not null`
    const countries = new Set<string | undefined>()
    for (const { number } of rows) {
      const parsed = parsePhoneNumberWithError(number)
      expect(parsed.isValid(), number).toBe(true)
      countries.add(parsed.country)
    }
    expect([...countries]).toEqual(expect.arrayContaining(['CN', 'HK', 'SG', 'JP', 'US', 'GB', 'DE', 'FR']))
  })

  it('knows 华芯电子 with its two open tickets, and numbers that leave a choice', async () => {
    const customer = await customerByCode(db.sql, '100237')
    expect(customer).toMatchObject({ name: '华芯电子', grade: 'A' })
    if (!customer) return
    const candidates = await callerCandidatesByNumber(db.sql, '+8613900138000')
    expect(candidates).toMatchObject([{ customerId: customer.id, personName: '王建国' }])
    const open = await listTickets(db.sql, { ...page, customerId: customer.id, state: 'open,pending' })
    expect(open.items.map(({ number, subject }) => `${number} ${subject}`)).toEqual([
      'T-10482 电源故障',
      'T-10391 退换货',
    ])
    expect((await listContacts(db.sql, { ...page, customerId: customer.id })).total).toBeGreaterThan(10)
    const shared = await db.sql`select number from phone_numbers group by number having count(*) > 1`
    expect(shared).toHaveLength(8)
    const [many] = await db.sql`select count(*) from contacts where match ->> 'kind' = 'many'`
    expect(many?.count).toBeGreaterThan(0)
  })

  it('gives the next ticket a number of its own', async () => {
    const numbers = await db.sql<{ number: string }[]>`select number from tickets`
    expect(new Set(numbers.map(({ number }) => number)).size).toBe(numbers.length)
    const blank = { customerId: null, personId: null, assigneeId: null, dueAt: null }
    const kind = { priority: 'low', category: 'other', channel: 'web', state: 'open' } as const
    const ticket = await createTicket(db.sql, { ...blank, ...kind, subject: 'next' })
    expect(numbers.map(({ number }) => number)).not.toContain(ticket.number)
  })

  it('adds up like a live ledger: no drift, and every projection can be folded again', async () => {
    for (const { id, key } of await listQueues(db.sql)) {
      const balance = await queueBalance(db.sql, id, 0, now)
      expect(drift(balance), key).toBe(0)
      expect(balance.waiting, key).toBe(0)
      expect(balance.abandoned, key).toBeGreaterThan(0)
    }
    const some = await db.sql<{ id: ContactId }[]>`select id from contacts order by id limit 50`
    for (const { id } of some) {
      const before = [await findContact(db.sql, id), await listQueueEntries(db.sql, id)]
      await rebuildProjections(db.sql, id)
      expect([await findContact(db.sql, id), await listQueueEntries(db.sql, id)]).toEqual(before)
    }
  })

  it('never has an agent in two calls at once, nor anything after now', async () => {
    const overlapping = await db.sql`
      select a.id from segments a join segments b on a.agent_id = b.agent_id and a.id < b.id
        and a.started_at < b.ended_at and b.started_at < a.ended_at`
    expect(overlapping).toHaveLength(0)
    const [late] = await db.sql`select count(*) from contact_events where at > ${now}`
    const [span] = await db.sql`select min(started_at) as first, max(started_at) as last from contacts`
    expect(late?.count).toBe(0)
    expect(span?.first).toBeGreaterThan(now - 98 * 86_400_000)
    expect(span?.last).toBeGreaterThan(now - 2 * 86_400_000)
  })

  it('looks like a cared-for desk: most of what is open will be done in time, some of it is hours late', async () => {
    const open = (await listTickets(db.sql, { ...page, state: 'open,pending' })).items
    const late = open.filter(({ dueAt }) => dueAt !== null && dueAt < now)
    expect(open.length).toBeGreaterThan(20)
    expect(late.length).toBeGreaterThan(0)
    expect(late.length).toBeLessThan(open.length / 4)
    expect(Math.min(...late.map(({ dueAt }) => dueAt ?? 0))).toBeGreaterThan(now - 4 * 3_600_000)
  })

  it('has the SIP messages of every call, from INVITE to the answer to BYE', async () => {
    const rows = await db.sql<{ id: ContactId }[]>`select id from contacts order by started_at desc limit 20`
    expect(await count('sip_ladders')).toBe(2000)
    for (const { id } of rows) {
      const ladder = (await findLadder(db.sql, id)) ?? []
      const first = ladder.map(({ text }) => text.split('\r\n')[0]?.replace(/ ?(sip:\S+ )?SIP\/2.0 ?/, ''))
      expect(first).toEqual(['INVITE', '100 Trying', '200 OK', 'ACK', 'BYE', '200 OK'])
      expect(ladder.map(({ at }) => at)).toEqual(ladder.map(({ at }) => at).toSorted((a, b) => a - b))
    }
  })

  it('tells of its agents second by second: every state follows from the one before, nobody is left signed in', async () => {
    for (const { id, login } of (await listUsers(db.sql)).filter(({ role }) => role === 'agent')) {
      const events = await listAgentEvents(db.sql, { agentId: id, from: 0, to: now + 1 })
      expect(events.length, login).toBeGreaterThan(2000)
      expect(events.at(-1), login).toMatchObject({ type: 'signed_out', state: 'signed_out' })
      const states = new Set(events.map(({ state }) => state))
      for (const state of ['available', 'ringing', 'talking', 'held', 'wrap_up', 'missed', 'meal', 'break'])
        expect(states, login).toContain(state)
      const [answered] = await db.sql`select count(*) from segments where agent_id = ${id}`
      expect(events.filter(({ state, previous }) => state === 'talking' && previous === 'ringing').length).toBe(
        answered?.count,
      )
    }
    const [late] = await db.sql`select count(*) from agent_events where at > ${now}`
    expect(late?.count).toBe(0)
  })

  it('has recordings that are what their rows say', async () => {
    const rows = await db.sql<{ id: Parameters<typeof findRecording>[1] }[]>`select id from recordings`
    expect(rows).toHaveLength(12)
    for (const { id } of rows) {
      const recording = await findRecording(db.sql, id)
      const wav = await readFile(join(recordingDir, recording?.path ?? ''))
      expect(createHash('sha256').update(wav).digest('hex')).toBe(recording?.sha256)
      expect(wav.length).toBe(recording?.bytes)
      expect([wav.readUInt16LE(22), wav.readUInt32LE(24)]).toEqual([2, 8_000])
      expect((wav.length - 44) / 32).toBeCloseTo(recording?.durationMs ?? 0, -1)
      const peaks = await findPeaks(db.sql, id)
      expect(peaks?.left).toHaveLength(1600)
      expect(Math.max(...(peaks?.left ?? [])), 'caller').toBeGreaterThan(0.05)
      expect(Math.max(...(peaks?.right ?? [])), 'agent').toBeGreaterThan(0.05)
    }
  })
})

it('an empty installation has settings, dispositions and the flow, and waits for its first administrator', async () => {
  await using empty = await TestDatabase.create()
  expect(await seedEmpty(empty.sql)).toBe(true)
  expect(await hasAdministrator(empty.sql)).toBe(false)
  expect((await readSettings(empty.sql)).demo).toBe(false)
  expect(await findFlowByNumber(empty.sql, '4000')).toBeDefined()
  expect(await listUsers(empty.sql)).toEqual([])
})
