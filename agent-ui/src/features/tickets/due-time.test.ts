import { expect, it } from 'vitest'
import { spanOf } from './DueTime.tsx'

it.each([
  [12 * 60_000, '12 分', '12min'],
  [200 * 60_000, '3 小时 20 分', '3h 20min'],
  [52 * 3_600_000, '2 天 4 小时', '2d 4h'],
])('writes %i ms as %s and %s', (ms, zh, en) => {
  expect(spanOf(ms, 'zh')).toBe(zh)
  expect(spanOf(ms, 'en')).toBe(en)
})
