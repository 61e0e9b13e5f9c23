import { matchCaller } from '@ringdown/core/customer'
import { unwrap } from '@ringdown/core/kernel'
import {
  appendContactEvents,
  callerCandidateByCode,
  callerCandidatesByNumber,
  changeCustomer,
  changePerson,
  createCustomer,
  deletePerson,
  findCustomerView,
  inTransaction,
  listCustomers,
  listPeople,
  TestDatabase,
} from '@ringdown/db/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aContact, aCustomer, anEvent, aPerson, aTicket } from '../factories/index.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())

const page = { page: 1, pageSize: 50 }
const namesFound = async (search: string) =>
  (await listCustomers(db.sql, { ...page, search })).items.map(({ name }) => name)

describe('customers', () => {
  it('get the next free code when none is given, and keep a given one to themselves', async () => {
    const [first, second] = [await aCustomer(db.sql), await aCustomer(db.sql)]
    expect(Number(second.code)).toBe(Number(first.code) + 1)
    const taken = String(Number(second.code) + 1)
    await aCustomer(db.sql, { code: taken })
    expect((await aCustomer(db.sql)).code).toBe(String(Number(taken) + 1))
    const { id: _, createdAt: _c, updatedAt: _u, version: _v, ...input } = first
    expect(await createCustomer(db.sql, input)).toEqual({ ok: false, error: { code: 'duplicate', field: 'code' } })
  })

  it('are changed only by who has read the latest version', async () => {
    const customer = await aCustomer(db.sql, { name: '旧名' })
    const changed = unwrap(await changeCustomer(db.sql, customer.id, { version: 1, name: '新名', tags: ['a', 'b'] }))
    expect(changed).toMatchObject({ name: '新名', tags: ['a', 'b'], version: 2, grade: customer.grade })
    expect(await changeCustomer(db.sql, customer.id, { version: 1, name: 'late' })).toEqual({
      ok: false,
      error: { code: 'stale' },
    })
    const racing = await Promise.all(
      ['x', 'y', 'z'].map((name) => changeCustomer(db.sql, customer.id, { version: 2, name })),
    )
    expect(racing.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('leave an outer transaction usable when a code is taken', async () => {
    const [one, other] = [await aCustomer(db.sql), await aCustomer(db.sql)]
    const result = await inTransaction(db.sql, async (tx) => {
      const taken = await inTransaction(tx, (inner) =>
        changeCustomer(inner, one.id, { version: 1, code: other.code }),
      ).catch((error: unknown) => error)
      return { taken, after: await changeCustomer(tx, one.id, { version: 1, name: 'still works' }) }
    })
    expect(result.taken).toMatchObject({ ok: false, error: { code: 'duplicate', field: 'code' } })
    expect(unwrap(result.after).name).toBe('still works')
  })

  it('are found by name, code, person and number in any spelling', async () => {
    const customer = await aCustomer(db.sql, { name: '寻找华芯电子', code: '7700123' })
    await aPerson(db.sql, { customerId: customer.id, name: '司徒建国', phones: ['+8613911112222'] })
    for (const search of ['华芯', '寻找', '77001', '司徒', '139 1111 2222', '+86 139-1111-2222', '13911112222']) {
      expect(await namesFound(search), search).toEqual(['寻找华芯电子'])
    }
    expect(await namesFound('%')).toEqual([])
    expect(await namesFound('_')).toEqual([])
  })

  it('are listed with counts, sorted by what is asked, in pages that do not overlap', async () => {
    const customer = await aCustomer(db.sql, { name: 'AAA counted', grade: 'D' })
    await aPerson(db.sql, { customerId: customer.id })
    await aTicket(db.sql, { customerId: customer.id })
    await aTicket(db.sql, { customerId: customer.id, state: 'solved' })
    const contactId = await aContact(db.sql, { at: 50_000 })
    const candidate = { customerId: customer.id, personId: null, customerName: '', personName: null, grade: 'D' }
    const match = { kind: 'one', candidate: { ...candidate, because: 'code' } } as const
    await appendContactEvents(db.sql, [anEvent(contactId, 'caller_matched', 60_000, { match, by: 'code', code: '1' })])

    const all = await listCustomers(db.sql, { page: 1, pageSize: 200, sort: '-openTickets,name' })
    expect(all.items[0]).toMatchObject({ name: 'AAA counted', people: 1, openTickets: 1, lastContactAt: 50_000 })
    const pages = await Promise.all(
      [1, 2, 3].map((n) => listCustomers(db.sql, { page: n, pageSize: Math.ceil(all.total / 3), sort: 'grade' })),
    )
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id))
    expect(new Set(ids).size).toBe(all.total)
    expect((await listCustomers(db.sql, { ...page, sort: 'password; drop table customers' })).total).toBe(all.total)
    expect((await listCustomers(db.sql, { ...page, grade: 'D' })).items.map(({ id }) => id)).toEqual([customer.id])
  })
})

describe('people', () => {
  it('keep their numbers in the order given, each once', async () => {
    const phones = ['+8613800000002', '+8613800000001', '+8613800000002']
    const person = await aPerson(db.sql, { phones })
    expect(person.phones).toEqual(['+8613800000002', '+8613800000001'])
    const changed = await changePerson(db.sql, person.customerId, person.id, {
      phones: ['+442079460000'],
      title: 'CEO',
    })
    expect(unwrap(changed)).toMatchObject({ phones: ['+442079460000'], title: 'CEO', name: person.name })
    expect((await findCustomerView(db.sql, person.customerId))?.people).toEqual([unwrap(changed)])
  })

  it('are changed and removed only as people of their customer', async () => {
    const person = await aPerson(db.sql)
    const stranger = await aCustomer(db.sql)
    const notFound = { ok: false, error: { code: 'not_found' } }
    expect(await changePerson(db.sql, stranger.id, person.id, { name: 'x' })).toEqual(notFound)
    expect(await deletePerson(db.sql, stranger.id, person.id)).toEqual(notFound)
    unwrap(await deletePerson(db.sql, person.customerId, person.id))
    expect(await listPeople(db.sql, person.customerId)).toEqual([])
  })
})

describe('callers', () => {
  it('are nobody, one, or many when two companies share a number; a code decides', async () => {
    const shared = '+862155556666'
    const [one, other] = [await aPerson(db.sql, { phones: [shared] }), await aPerson(db.sql, { phones: [shared] })]
    expect(await callerCandidatesByNumber(db.sql, '+862155550000')).toEqual([])
    const candidates = await callerCandidatesByNumber(db.sql, shared)
    expect(candidates.map(({ personId }) => personId).sort()).toEqual([one.id, other.id].sort())
    expect(matchCaller(candidates, null).kind).toBe('many')

    const code = (await findCustomerView(db.sql, other.customerId))?.code ?? ''
    const byCode = await callerCandidateByCode(db.sql, code)
    expect(matchCaller(candidates, byCode)).toMatchObject({ kind: 'one', candidate: { personId: other.id } })
    expect(await callerCandidateByCode(db.sql, '0000')).toBeNull()
  })
})
