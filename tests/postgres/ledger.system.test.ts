import { randomUUID } from 'node:crypto'
import { CallerMatch } from '@ringdown/core/customer'
import { ContactId, QueueEntryId, SegmentId, SurveyId, unwrap } from '@ringdown/core/kernel'
import {
  appendContactEvents,
  deletePerson,
  findContact,
  LedgerViolation,
  listContactEvents,
  listQueueEntries,
  listSegments,
  listSurveysOfContact,
  rebuildProjections,
  TestDatabase,
} from '@ringdown/db/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aContact, anEvent, aPerson, aQueue, aTicket, aUser, contactStarted } from '../factories/index.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())

/** A contact that waits in a queue since `at`. */
async function aWaitingContact(at: number) {
  const queue = await aQueue(db.sql)
  const contactId = await aContact(db.sql, { at })
  const stay = { entryId: QueueEntryId.parse(randomUUID()), queueId: queue.id }
  await appendContactEvents(db.sql, [anEvent(contactId, 'queue_entered', at, { ...stay, arrivedAt: at, priority: 0 })])
  const abandoned = (waitedMs: number) =>
    anEvent(contactId, 'queue_entry_ended', at + waitedMs, { ...stay, outcome: 'abandoned', waitedMs, agentId: null })
  return { contactId, stay, queue, abandoned }
}

describe('appending to the ledger', () => {
  it('numbers the events of a contact from 1 and gives them back as they were', async () => {
    const contactId = await aContact(db.sql, { at: 1_000_000 })
    const events = [
      anEvent(contactId, 'language_chosen', 1_000_100, { language: 'en' }),
      anEvent(contactId, 'contact_ended', 1_000_200, { termination: { party: 'caller', reason: 'abandoned_in_ivr' } }),
    ]
    await appendContactEvents(db.sql, events)
    const rows = await db.sql`select seq, type from contact_events where contact_id = ${contactId} order by seq`
    expect(rows.map(({ seq, type }) => `${seq} ${type}`)).toEqual([
      '1 contact_started',
      '2 language_chosen',
      '3 contact_ended',
    ])
    expect((await listContactEvents(db.sql, contactId)).slice(1)).toEqual(events)
    expect(await findContact(db.sql, contactId)).toMatchObject({
      language: 'en',
      endedAt: 1_000_200,
      endedBy: 'caller',
      endReason: 'abandoned_in_ivr',
    })
  })

  it('passes over events that it has, so that a batch can be sent again', async () => {
    const { contactId, abandoned } = await aWaitingContact(2_000_000)
    const end = abandoned(7_000)
    await appendContactEvents(db.sql, [end])
    await appendContactEvents(db.sql, [...(await listContactEvents(db.sql, contactId)), end])
    expect(await listContactEvents(db.sql, contactId)).toHaveLength(3)
    const [outbox] = await db.sql`
      select count(*) as told from outbox where message -> 'event' ->> 'eventId' = ${end.eventId}`
    expect(outbox?.told).toBe(1)
  })

  it('loses nothing and numbers without a gap when many write to one contact at once', async () => {
    const contactId = await aContact(db.sql)
    const user = await aUser(db.sql)
    const notes = Array.from({ length: 30 }, (_, i) =>
      anEvent(contactId, 'notes_changed', 3_000_000 + i, { agentId: user.id, text: `note ${i}` }),
    )
    await Promise.all(notes.map((event) => appendContactEvents(db.sql, [event])))
    const rows = await db.sql<{ seq: number }[]>`
      select seq from contact_events where contact_id = ${contactId} order by seq`
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1))
  })

  it('starts a contact once when two writers begin it at the same time', async () => {
    const queue = await aQueue(db.sql)
    const contactIds = Array.from({ length: 20 }, () => ContactId.parse(randomUUID()))
    for (const contactId of contactIds) {
      const stay = { entryId: QueueEntryId.parse(randomUUID()), queueId: queue.id }
      const entered = anEvent(contactId, 'queue_entered', 2, { ...stay, arrivedAt: 2, priority: 0 })
      const events = [contactStarted(contactId, 1), entered]
      await Promise.all([appendContactEvents(db.sql, events), appendContactEvents(db.sql, events)])
      expect(await listContactEvents(db.sql, contactId)).toEqual(events)
      expect((await findContact(db.sql, contactId))?.queueId).toBe(queue.id)
    }
  })

  it('refuses a contact that does not begin with its start, and one that starts twice', async () => {
    const lost = anEvent(await aContact(db.sql), 'language_chosen', 1, { language: 'zh' })
    const unknown = { ...lost, contactId: randomUUID() as typeof lost.contactId }
    await expect(appendContactEvents(db.sql, [unknown])).rejects.toThrow(LedgerViolation)
    await expect(appendContactEvents(db.sql, [contactStarted(lost.contactId, 2)])).rejects.toThrow('started twice')
  })

  it('keeps nothing of a batch in which one event cannot be', async () => {
    const { contactId, abandoned } = await aWaitingContact(4_000_000)
    await expect(appendContactEvents(db.sql, [abandoned(5_000), abandoned(6_000)])).rejects.toThrow(LedgerViolation)
    expect(await listContactEvents(db.sql, contactId)).toHaveLength(2)
    expect(await listQueueEntries(db.sql, contactId)).toMatchObject([{ outcome: null }])
  })

  it('refuses a second end of a queue entry also when SQL tries it', async () => {
    const { stay, abandoned } = await aWaitingContact(5_000_000)
    await appendContactEvents(db.sql, [abandoned(9_000)])
    const again = db.sql`update queue_entries set outcome = 'timed_out' where id = ${stay.entryId}`
    await expect(again).rejects.toThrow('has ended as abandoned already')
    const reopened = db.sql`update queue_entries set outcome = null, ended_at = null, waited_ms = null where id = ${stay.entryId}`
    await expect(reopened).rejects.toThrow('has ended as abandoned already')
  })

  it('knows no outcome but those of the closed set', async () => {
    const { stay } = await aWaitingContact(6_000_000)
    const odd = db.sql`
      update queue_entries set outcome = 'vanished', ended_at = now(), waited_ms = 1 where id = ${stay.entryId}`
    await expect(odd).rejects.toThrow('queue_entries_outcome_check')
  })

  it('lets nobody change or delete what was written', async () => {
    const contactId = await aContact(db.sql)
    const change = db.sql`update contact_events set type = 'ivr_entered' where contact_id = ${contactId}`
    await expect(change).rejects.toThrow('append-only')
    await expect(db.sql`delete from contact_events where contact_id = ${contactId}`).rejects.toThrow('append-only')
  })
})

describe('projections', () => {
  it('tell a call with hold, transfer, wrap-up, survey and ticket', async () => {
    const { contactId, stay, queue } = await aWaitingContact(10_000_000)
    const agent = await aUser(db.sql, { name: '李娜' })
    const ticket = await aTicket(db.sql)
    const segmentId = SegmentId.parse(randomUUID())
    const surveyId = SurveyId.parse(randomUUID())
    const who = { segmentId, agentId: agent.id }
    await appendContactEvents(db.sql, [
      anEvent(contactId, 'queue_entry_ended', 10_012_000, {
        ...stay,
        outcome: 'answered',
        waitedMs: 12_000,
        agentId: agent.id,
      }),
      anEvent(contactId, 'segment_started', 10_012_000, { ...who, queueId: queue.id, entryId: stay.entryId }),
      anEvent(contactId, 'segment_held', 10_020_000, { segmentId }),
      anEvent(contactId, 'segment_resumed', 10_025_000, { segmentId }),
      anEvent(contactId, 'segment_held', 10_030_000, { segmentId }),
      anEvent(contactId, 'segment_ended', 10_032_000, { ...who, by: 'agent', reason: 'normal' }),
      anEvent(contactId, 'survey_sent', 10_032_100, { surveyId, ...who, queueId: queue.id, trigger: 'after_call' }),
      anEvent(contactId, 'wrap_up_started', 10_032_200, { ...who, endsAt: 10_092_000 }),
      anEvent(contactId, 'survey_answered', 10_040_000, { surveyId, question: 'csat', score: 4 }),
      anEvent(contactId, 'wrap_up_ended', 10_050_200, { ...who, disposition: 'solved', by: 'agent' }),
      anEvent(contactId, 'ticket_linked', 10_050_300, { ticketId: ticket.id, agentId: agent.id }),
    ])
    expect(await findContact(db.sql, contactId)).toMatchObject({
      queueId: queue.id,
      outcome: 'answered',
      waitedMs: 12_000,
      agentId: agent.id,
      talkMs: 20_000,
      disposition: 'solved',
    })
    expect(await listSegments(db.sql, contactId)).toMatchObject([
      { heldMs: 7_000, heldAt: null, endedBy: 'agent', wrapUpStartedAt: 10_032_200, wrapUpEndedAt: 10_050_200 },
    ])
    expect(await listSurveysOfContact(db.sql, contactId)).toMatchObject([
      { csat: 4, nps: null, answeredAt: 10_040_000, ticketId: ticket.id, agentId: agent.id, segmentId },
    ])
    const links = await db.sql`select ticket_id from ticket_contacts where contact_id = ${contactId}`
    expect(links).toMatchObject([{ ticketId: ticket.id }])
  })

  it('can be folded again after the person they name was deleted', async () => {
    const person = await aPerson(db.sql)
    const contactId = await aContact(db.sql)
    const match = CallerMatch.parse({
      kind: 'one',
      candidate: {
        customerId: person.customerId,
        personId: person.id,
        customerName: 'x',
        personName: person.name,
        grade: 'B',
        because: 'number',
      },
    })
    await appendContactEvents(db.sql, [anEvent(contactId, 'caller_matched', 5, { match, by: 'number', code: null })])
    expect((await findContact(db.sql, contactId))?.personId).toBe(person.id)
    unwrap(await deletePerson(db.sql, person.customerId, person.id))
    await rebuildProjections(db.sql, contactId)
    expect(await findContact(db.sql, contactId)).toMatchObject({ personId: null, customerId: person.customerId })
  })

  it('are not there to rebuild for a contact that nobody knows', async () => {
    expect(await rebuildProjections(db.sql, randomUUID() as never)).toBe(false)
  })
})
