import { TrunkId, unwrap } from '@ringdown/core/kernel'
import type { TrunkRules } from '@ringdown/core/trunk'
import { changeTrunk, createTrunk, deleteTrunk, listTrunks, TestDatabase } from '@ringdown/db/postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())

const common = { enabled: true, defaultCountry: 'CN', numbers: [], maxCalls: null }
const address: TrunkRules = { ...common, kind: 'address', name: 'Carrier', addresses: ['203.0.113.7', '2001:db8::/32'] }
const account: TrunkRules = {
  ...common,
  ...{ kind: 'registration', name: 'Account', registrar: 'sip.example.com:5070', transport: 'tcp', username: '0216' },
  ...{ authUser: null, expiresS: 300, numbers: ['4000', '4001'], maxCalls: 3 },
}

it('keeps both kinds as they are, ranges in one spelling, each with a contact of its own', async () => {
  const first = unwrap(await createTrunk(db.sql, address))
  expect(first).toMatchObject({ ...address, addresses: ['203.0.113.7/32', '2001:db8::/32'], passwordSealed: null })
  const second = unwrap(await createTrunk(db.sql, { ...account, passwordSealed: 'sealed' }))
  expect(second).toMatchObject({ ...account, passwordSealed: 'sealed' })
  expect(second).not.toHaveProperty('addresses')
  expect(first.contactUser).not.toBe(second.contactUser)
  expect(await listTrunks(db.sql)).toEqual([second, first])
})

it('refuses a second name, whatever its case', async () => {
  expect(await createTrunk(db.sql, { ...address, name: 'cARRIER', addresses: ['::1'] })).toEqual({
    ok: false,
    error: { code: 'duplicate', field: 'name' },
  })
})

it('changes all but the contact and a password that is not given', async () => {
  const [before] = await listTrunks(db.sql)
  const rules = { ...account, numbers: [], registrar: '198.51.100.1', enabled: false }
  expect(unwrap(await changeTrunk(db.sql, before!.id, rules))).toEqual({ ...before, ...rules })
  expect(unwrap(await changeTrunk(db.sql, before!.id, rules, null)).passwordSealed).toBeNull()
  unwrap(await changeTrunk(db.sql, before!.id, rules, 'sealed anew'))
  const other = { ...address, name: 'Account', addresses: ['::1'] }
  expect(unwrap(await changeTrunk(db.sql, before!.id, other))).toMatchObject({
    ...{ kind: 'address', addresses: ['::1/128'], contactUser: before!.contactUser, passwordSealed: null },
  })
})

it('deletes', async () => {
  const [trunk] = await listTrunks(db.sql)
  expect([await deleteTrunk(db.sql, trunk!.id), await deleteTrunk(db.sql, trunk!.id)]).toEqual([true, false])
  const nobody = TrunkId.parse('00000000-0000-4000-8000-000000000000')
  expect(await changeTrunk(db.sql, nobody, { ...address, addresses: ['::1'] })).toEqual({
    ok: false,
    error: { code: 'not_found' },
  })
})
