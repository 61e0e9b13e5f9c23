import { unwrap } from '@ringdown/core/kernel'
import {
  addTicketMessage,
  changeTicket,
  discardDraft,
  findTicket,
  findTicketOfCall,
  findTicketView,
  linkTicketContact,
  listTickets,
  rewriteDraft,
  TestDatabase,
} from '@ringdown/db/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aContact, aCustomer, aTicket, aUser } from '../factories/index.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())
const page = { page: 1, pageSize: 50 }

describe('tickets', () => {
  it('are numbered T-10001, T-10002 …', async () => {
    const [first, second] = [await aTicket(db.sql), await aTicket(db.sql)]
    expect(first.number).toMatch(/^T-1\d{4}$/)
    expect(Number(second.number.slice(2))).toBe(Number(first.number.slice(2)) + 1)
  })

  it('take legal moves only, and tell a stale change from a missing ticket', async () => {
    const { id } = await aTicket(db.sql)
    expect(unwrap(await changeTicket(db.sql, id, { version: 1, state: 'pending' }))).toMatchObject({
      state: 'pending',
      version: 2,
    })
    expect(await changeTicket(db.sql, id, { version: 1, state: 'solved' })).toMatchObject({ error: { code: 'stale' } })
    expect(await changeTicket(db.sql, id, { version: 2, state: 'closed' })).toMatchObject({
      error: { code: 'illegal_transition', from: 'pending', on: 'closed' },
    })
    expect((await findTicket(db.sql, id))?.version).toBe(2)
    unwrap(await changeTicket(db.sql, id, { version: 2, state: 'solved', subject: '已换电源' }))
    const gone = await changeTicket(db.sql, crypto.randomUUID() as typeof id, { version: 1 })
    expect(gone).toMatchObject({ error: { code: 'not_found' } })
  })

  it('show customer, assignee, conversation and calls', async () => {
    const customer = await aCustomer(db.sql, { name: '华芯电子' })
    const agent = await aUser(db.sql, { name: '李娜' })
    const { id } = await aTicket(db.sql, { customerId: customer.id, assigneeId: agent.id })
    const contactId = await aContact(db.sql)
    await linkTicketContact(db.sql, id, contactId)
    await linkTicketContact(db.sql, id, contactId)
    const author = { id: agent.id, name: agent.name }
    const message = await addTicketMessage(db.sql, id, { at: 9_000_000_000_000, kind: 'note', author, text: '已寄出' })
    expect(await findTicketView(db.sql, id)).toMatchObject({
      customer: { id: customer.id, name: '华芯电子' },
      assignee: author,
      contactIds: [contactId],
      contacts: [{ id: contactId }],
      messages: [message],
      updatedAt: 9_000_000_000_000,
      version: 1,
    })
  })

  it('written from a call are drafts that lists leave out until they are confirmed', async () => {
    const contactId = await aContact(db.sql)
    const draft = await aTicket(db.sql, { state: 'draft', subject: '草稿 by call', callId: contactId })
    expect((await findTicketOfCall(db.sql, contactId))?.id).toBe(draft.id)
    expect((await listTickets(db.sql, { ...page, search: '草稿 by' })).total).toBe(0)
    unwrap(await changeTicket(db.sql, draft.id, { version: 1, state: 'open' }))
    expect((await listTickets(db.sql, { ...page, search: '草稿 by' })).total).toBe(1)
    expect(await discardDraft(db.sql, draft.id)).toBe(false)
    const otherId = await aContact(db.sql)
    const other = await aTicket(db.sql, { state: 'draft', callId: otherId })
    expect(await discardDraft(db.sql, other.id)).toBe(true)
    expect(await findTicketOfCall(db.sql, otherId)).toBeUndefined()
  })

  it('written from a call follow it until somebody changes them, and a call has one', async () => {
    const callId = await aContact(db.sql)
    const draft = await aTicket(db.sql, { state: 'draft', callId })
    const { customerId, personId, priority, category, assigneeId, dueAt } = draft
    const rewritten = { ...{ customerId, personId, priority, category, assigneeId, dueAt }, subject: '王建国 来电' }
    await rewriteDraft(db.sql, draft.id, rewritten)
    expect(await findTicketOfCall(db.sql, callId)).toMatchObject({ id: draft.id, subject: '王建国 来电', version: 1 })
    unwrap(await changeTicket(db.sql, draft.id, { version: 1, subject: '电源' }))
    await rewriteDraft(db.sql, draft.id, rewritten)
    expect((await findTicketOfCall(db.sql, callId))?.subject).toBe('电源')
    await expect(aTicket(db.sql, { callId })).rejects.toThrow('tickets_call')
  })

  it('are filtered and sorted by urgency rather than alphabet', async () => {
    const customer = await aCustomer(db.sql)
    const agent = await aUser(db.sql)
    const mine = { customerId: customer.id, assigneeId: agent.id }
    await aTicket(db.sql, { ...mine, priority: 'low' })
    const urgent = await aTicket(db.sql, { ...mine, priority: 'urgent' })
    await aTicket(db.sql, { customerId: customer.id, priority: 'high' })
    const of = { ...page, customerId: customer.id }
    const sorted = await listTickets(db.sql, { ...of, sort: '-priority' })
    expect(sorted.items.map(({ priority }) => priority)).toEqual(['urgent', 'high', 'low'])
    expect((await listTickets(db.sql, { ...of, assigneeId: 'none' })).items).toMatchObject([{ priority: 'high' }])
    expect((await listTickets(db.sql, { ...of, assigneeId: agent.id, priority: 'urgent,high' })).items).toMatchObject([
      { id: urgent.id },
    ])
    expect((await listTickets(db.sql, { ...of, state: 'solved,closed' })).total).toBe(0)
    expect((await listTickets(db.sql, { ...page, search: urgent.number })).items).toMatchObject([{ id: urgent.id }])
  })
})
