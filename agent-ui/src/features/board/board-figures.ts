import { serviceLevel } from '@ringdown/core/contact'
import type { AgentRow, BoardView, QueueTile } from '@ringdown/core/contract'

type Interval = QueueTile['intervals'][number]

/** Service level of each half hour, as the tile has it of the day; null without calls. */
export const levelsOf = (intervals: readonly Interval[]): (number | null)[] => intervals.map(serviceLevel)

/** The half hours of several queues added up by their start. */
export function sumIntervals(queues: readonly Pick<QueueTile, 'intervals'>[]): Interval[] {
  const sums = new Map<number, Interval>()
  for (const { intervals } of queues) {
    for (const i of intervals) {
      const sum = sums.get(i.at)
      sums.set(i.at, sum ? added(sum, i) : i)
    }
  }
  return [...sums.values()].toSorted((a, b) => a.at - b.at)
}

const added = (a: Interval, b: Interval): Interval => ({
  at: a.at,
  offered: a.offered + b.offered,
  answered: a.answered + b.answered,
  abandoned: a.abandoned + b.abandoned,
  flowedOut: a.flowedOut + b.flowedOut,
  answeredInTime: a.answeredInTime + b.answeredInTime,
  abandonedInTime: a.abandonedInTime + b.abandonedInTime,
})

export type Urgency = 'calm' | 'late' | 'alarming'

/** How long a wait is, measured by the queue's promise. */
export function urgencyOf(waitMs: number, serviceLevelMs: number): Urgency {
  if (waitMs <= serviceLevelMs) return 'calm'
  return waitMs <= 3 * serviceLevelMs ? 'late' : 'alarming'
}

export type AgentFilter = { name: string; state: string; queueId: string }

/** Agents that match; `signed_in` is everybody at work. */
export const filterAgents = (agents: readonly AgentRow[], { name, state, queueId }: AgentFilter): AgentRow[] =>
  agents.filter(
    (a) =>
      a.name.toLowerCase().includes(name.trim().toLowerCase()) &&
      (!state || (state === 'signed_in' ? a.state !== 'signed_out' : a.state === state)) &&
      (!queueId || a.queues.some((id) => id === queueId)),
  )

/** Callers ahead in the same queue. */
export const aheadOf = (callers: BoardView['callers'], entryId: string): number => {
  const mine = callers.find((c) => c.entryId === entryId)
  return callers.filter((c) => mine && c.queueId === mine.queueId && c.position < mine.position).length
}
