import { expect, it } from 'vitest'
import { formatDuration } from './duration.ts'

it.each([
  [0, '0:00'],
  [-5, '0:00'],
  [61_999, '1:01'],
  [3_599_000, '59:59'],
  [3_785_000, '1:03:05'],
])('writes %i ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text))
