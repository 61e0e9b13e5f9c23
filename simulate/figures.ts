import type { Queue } from '@ringdown/core/acd'
import { serviceLevel } from '@ringdown/core/contact'
import type { Outcome } from './run-day.ts'

/** What a day came to. Shares are 0–1; null: nothing to divide by. */
export type Figures = {
  offered: number
  answered: number
  abandoned: number
  timedOut: number
  serviceLevel: number | null
  asaMs: number | null
  longestWaitMs: number
  /** Of all queues together: time with calls / time with calls and without. */
  occupancy: number | null
}

/** Of all queues, or of one. */
export function figuresOf({ stays, busyMs, idleMs }: Outcome, queues: readonly Queue[], only?: Queue): Figures {
  const mine = only ? stays.filter((stay) => stay.queueId === only.id) : stays
  const rules = new Map(queues.map((queue) => [queue.id, queue]))
  const inTime = mine.filter((stay) => stay.waitedMs <= rules.get(stay.queueId)!.serviceLevelMs)
  const count = (some: Outcome['stays'], outcome: string) => some.filter((stay) => stay.outcome === outcome).length
  const answered = mine.filter((stay) => stay.outcome === 'answered')
  const counts = { answered: answered.length, abandoned: count(mine, 'abandoned'), timedOut: count(mine, 'timed_out') }
  return {
    offered: mine.length,
    ...counts,
    serviceLevel: serviceLevel({
      ...counts,
      flowedOut: counts.timedOut,
      answeredInTime: count(inTime, 'answered'),
      abandonedInTime: count(inTime, 'abandoned'),
    }),
    asaMs: share(
      answered.reduce((sum, stay) => sum + stay.waitedMs, 0),
      answered.length,
    ),
    longestWaitMs: mine.reduce((most, stay) => Math.max(most, stay.waitedMs), 0),
    occupancy: share(busyMs, busyMs + idleMs),
  }
}

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)
