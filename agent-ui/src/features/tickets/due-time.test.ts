import { expect, it } from 'vitest'
import { spanOf } from './DueTime.tsx'

it.each([
  [12 * 60_000, '12m'],
  [200 * 60_000, '3h 20m'],
  [52 * 3_600_000, '2d 4h'],
])('writes %i ms as %s', (ms, text) => expect(spanOf(ms)).toBe(text))
