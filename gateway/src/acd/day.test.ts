import { expect, it } from 'vitest'
import { startOfDay } from './day.ts'

it('finds midnight of the business day', () => {
  const at = (iso: string) => Date.parse(iso)
  expect(startOfDay(at('2026-11-22T16:30:00.250Z'), 'Asia/Shanghai')).toBe(at('2026-11-22T16:00:00Z'))
  expect(startOfDay(at('2026-11-22T15:59:59.999Z'), 'Asia/Shanghai')).toBe(at('2026-11-21T16:00:00Z'))
  expect(startOfDay(at('2026-11-22T16:00:00Z'), 'Asia/Shanghai')).toBe(at('2026-11-22T16:00:00Z'))
})

it('finds it on days on which the clock is changed', () => {
  const at = (iso: string) => Date.parse(iso)
  expect(startOfDay(at('2026-03-29T12:00:00Z'), 'Europe/Berlin')).toBe(at('2026-03-28T23:00:00Z'))
  expect(startOfDay(at('2026-10-25T12:00:00Z'), 'Europe/Berlin')).toBe(at('2026-10-24T22:00:00Z'))
})
