import type { PromptPart } from './prompt.ts'

/** The longest wait that is told as a number. */
const MAX_MINUTES = 60

/**
 * What a waiting caller hears: his place and, when it is known, the estimated wait in full minutes.
 * @param position 1 is next
 */
export function waitAnnouncement(position: number, estimateMs: number | null): PromptPart[] {
  return [...place(position), ...estimate(estimateMs)]
}

function place(position: number): PromptPart[] {
  if (position <= 1) return [{ key: 'queue-next' }]
  if (position > 100) return []
  return [{ key: 'position-before' }, { number: position }, { key: 'position-after' }]
}

function estimate(ms: number | null): PromptPart[] {
  if (ms === null) return []
  const minutes = Math.ceil(ms / 60_000)
  if (minutes <= 1) return [{ key: 'wait-under-a-minute' }]
  if (minutes > MAX_MINUTES) return [{ key: 'wait-long' }]
  return [{ key: 'wait-before' }, { number: minutes, counted: true }, { key: 'minutes' }]
}
