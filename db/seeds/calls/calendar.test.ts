import { expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import { callTimes } from './calendar.ts'

const hourMs = 3_600_000

it.each([0, 1, 5, 9, 14, 23])(
  'has the last hours busy, planted at %i o’clock in Shanghai, and nothing unfinished',
  (hour) => {
    const now = Date.UTC(2026, 5, 21, 16) + hour * hourMs
    const times = callTimes(seededRandom(1), { count: 2_000, days: 90, now })
    expect(times).toHaveLength(2_000)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.at(-1)).toBeLessThanOrEqual(now - hourMs / 2)
    expect(times.filter((at) => at > now - 2 * hourMs).length).toBeGreaterThan(10)
    expect(times[0]).toBeGreaterThan(now - 98 * 24 * hourMs)
  },
)
