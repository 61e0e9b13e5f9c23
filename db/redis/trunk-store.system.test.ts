import { TrunkId } from '@ringdown/core/kernel'
import type { Registration } from '@ringdown/core/trunk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { redisKeys } from './keys.ts'
import { newId } from './test-records.ts'
import { createTestRedis, type TestRedis } from './test-redis.ts'
import { type TrunkStore, trunkStore } from './trunk-store.ts'

let test: TestRedis
let store: TrunkStore
beforeAll(() => {
  test = createTestRedis()
  store = trunkStore(test.redis, redisKeys(test.prefix))
})
afterAll(() => test[Symbol.asyncDispose]())

const newTrunk = () => TrunkId.parse(newId())
const failing: Registration = {
  ...{ state: 'failing', since: 1, status: 403, reason: 'Forbidden', failures: 1, retryAt: 9, address: null },
}

it('[TR10] leases a trunk to one gateway, until that gives it up or is silent', async () => {
  const trunk = newTrunk()
  const held = await Promise.all(['one', 'two', 'three'].map((gateway) => store.hold(trunk, gateway, 60_000)))
  expect(held.filter(Boolean)).toHaveLength(1)
  const holder = ['one', 'two', 'three'][held.indexOf(true)] as string
  const other = holder === 'one' ? 'two' : 'one'
  expect(await store.hold(trunk, holder, 60_000)).toBe(true)
  await store.drop(trunk, other)
  expect(await store.hold(trunk, other, 60_000)).toBe(false)
  await store.drop(trunk, holder)
  expect(await store.hold(trunk, other, 20)).toBe(true)
  await expect.poll(() => store.hold(trunk, holder, 60_000), { interval: 5 }).toBe(true)
})

it('tells all gateways how a registration stands, as long as it is renewed', async () => {
  const [trunk, quiet] = [newTrunk(), newTrunk()]
  await store.hold(trunk, 'one', 60_000)
  await store.saveRegistration(trunk, failing, 60_000)
  expect(await store.registrations([quiet, trunk])).toEqual(new Map([[trunk, failing]]))
  await store.drop(trunk, 'one')
  expect(await store.registrations([trunk])).toEqual(new Map())
  await store.saveRegistration(trunk, failing, 20)
  await expect.poll(async () => (await store.registrations([trunk])).size, { interval: 5 }).toBe(0)
})

it('[TR5] gives no more lines than there are, over all gateways', async () => {
  const trunk = newTrunk()
  const { gateways } = test.stores
  await Promise.all(['one', 'two'].map((id) => gateways.beat(id, Date.now())))
  const taken = await Promise.all(
    Array.from({ length: 20 }, (_, i) => store.takeLine(trunk, i % 2 === 0 ? 'one' : 'two', 3)),
  )
  expect(taken.filter(Boolean)).toHaveLength(3)
  expect(await store.takeLine(newTrunk(), 'one', 1)).toBe(true)
})

it('[TR5] frees the lines of calls that ended, and of gateways that died', async () => {
  const trunk = newTrunk()
  const { gateways } = test.stores
  await gateways.beat('dead', Date.now())
  expect([await store.takeLine(trunk, 'dead', 2), await store.takeLine(trunk, 'live', 2)]).toEqual([true, true])
  expect(await store.takeLine(trunk, 'live', 2)).toBe(false)
  await store.freeLine(trunk, 'live')
  expect(await store.takeLine(trunk, 'live', 2)).toBe(true)
  await gateways.forget('dead')
  await store.freeLine(trunk, 'dead')
  expect([await store.takeLine(trunk, 'live', 2), await store.takeLine(trunk, 'live', 2)]).toEqual([true, false])
  await store.freeAllLines('live')
  expect(await store.takeLine(trunk, 'live', 1)).toBe(true)
})
