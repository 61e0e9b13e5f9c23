import type { QueueId } from '@ringdown/core/kernel'
import { expect, it } from 'vitest'
import { createSettledDrift } from './settled-drift.ts'

const queueId = 'q' as QueueId

it('shows a difference that lasts, not a fact on its way', () => {
  const settled = createSettledDrift()
  expect(settled(queueId, 1, 0)).toBe(0)
  expect(settled(queueId, 0, 500)).toBe(0)
  expect(settled(queueId, 1, 1_000)).toBe(0)
  expect(settled(queueId, 2, 5_999)).toBe(0)
  expect(settled(queueId, 1, 6_000)).toBe(1)
  expect(settled(queueId, -1, 6_500)).toBe(0)
  expect(settled(queueId, 0, 7_000)).toBe(0)
})
