import { expect, it } from 'vitest'
import { refreshed } from './refreshed.ts'

it('answers with what was known while a reading fails or takes long, and reads again', async () => {
  let now = 0
  let answer: () => Promise<number> = async () => 1
  const failures: unknown[] = []
  const value = refreshed({
    freshMs: 10,
    clock: () => now,
    read: () => answer(),
    first: 0,
    failed: (error) => failures.push(error),
  })
  expect(await value.soon()).toBe(1)
  now = 11
  answer = async () => {
    throw new Error('away')
  }
  expect(await value.soon()).toBe(1)
  expect(failures).toHaveLength(1)
  const late = Promise.withResolvers<number>()
  answer = () => late.promise
  expect(await value.soon()).toBe(1)
  late.resolve(2)
  await late.promise
  await expect.poll(() => value.soon()).toBe(2)
})
