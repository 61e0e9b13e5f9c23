import { expect, it } from 'vitest'
import { timeAgo } from './time-ago.ts'

const now = new Date(2026, 10, 22, 15, 0).getTime()

it('is relative under a day', () => {
  expect(timeAgo(now - 20_000, now, 'zh')).toBe('刚刚')
  expect(timeAgo(now - 5 * 60_000, now, 'zh')).toBe('5 分钟前')
  expect(timeAgo(now - 3 * 3_600_000, now, 'en')).toMatch(/^3 h/)
})

it('is a date from a day on, with the year once it is another', () => {
  expect(timeAgo(new Date(2026, 9, 3, 9, 5).getTime(), now, 'zh')).toBe('10/03 09:05')
  expect(timeAgo(new Date(2025, 9, 3, 9, 5).getTime(), now, 'zh')).toContain('2025')
})
