import { expect, it } from 'vitest'
import { createAllowance } from './allowance.ts'

it('lets a burst through, then as many as its rate, and says how long to wait', () => {
  let now = 1_000
  const allowance = createAllowance({ burst: 3, perSecond: 10 }, () => now)
  const take = () => allowance.take('alice')
  expect([take(), take(), take(), take(), take()]).toEqual([0, 0, 0, 100, 100])
  now += 99
  expect(take()).toBe(1)
  now += 1
  expect([take(), take()]).toEqual([0, 100])
  expect(allowance.take('bob')).toBe(0)
  now += 10_000
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 100])
})
