import type { Queue } from '@ringdown/core/acd'
import type { QueueId, UserId } from '@ringdown/core/kernel'
import type { Arrival, Day } from './day.ts'
import { type Chance, exponential } from './random.ts'

export type Made = {
  queue: Queue
  callsPerHour: number
  hours: number
  agents: number
  handleMs: number
  /** Mean; `Infinity`: nobody hangs up. */
  patienceMs: number
  answerMs?: number
}

/** A day of one queue with callers who come, talk and lose patience at exponential times. */
export function generateDay(made: Made, chance: Chance): Day {
  const { queue, callsPerHour, hours, agents, handleMs, patienceMs, answerMs = 0 } = made
  const until = hours * 3_600_000
  const arrivals: Arrival[] = []
  for (let at = 0; ; ) {
    at += exponential(chance, 3_600_000 / callsPerHour)
    if (at >= until) break
    arrivals.push({
      at,
      queueId: queue.id,
      priority: 0,
      patienceMs: Number.isFinite(patienceMs) ? exponential(chance, patienceMs) : patienceMs,
      handleMs: exponential(chance, handleMs),
    })
  }
  return { queues: [queue], arrivals, agents: workforce(agents, [queue.id], until), answerMs }
}

/** Agents alike, at work from the beginning to the end. */
export const workforce = (count: number, queues: QueueId[], until: number): Day['agents'] =>
  Array.from({ length: count }, (_, n) => ({
    agentId: `agent-${String(n + 1).padStart(4, '0')}` as UserId,
    queues,
    skills: {},
    shifts: [{ from: 0, to: until }],
  }))
