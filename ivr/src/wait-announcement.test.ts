import { expect, it } from 'vitest'
import { waitAnnouncement } from './wait-announcement.ts'

it.each([
  [1, null, 'queue-next'],
  [3, 150_000, 'position-before 3 position-after wait-before 3 minutes'],
  [2, 20_000, 'position-before 2 position-after wait-under-a-minute'],
  [101, 7_200_000, 'wait-long'],
])('tells place %i with %s ms to wait', (position, ms, words) => {
  const said = waitAnnouncement(position, ms).map((part) => ('key' in part ? part.key : part.number))
  expect(said.join(' ')).toBe(words)
})
