import type { Queue } from '@ringdown/core/acd'
import type { User } from '@ringdown/core/contract'
import type { UserId } from '@ringdown/core/kernel'
import type { PastStay } from '@ringdown/db/postgres'
import type { Arrival, Day } from './day.ts'
import { type Chance, exponential } from './random.ts'

export type PastDay = {
  queues: readonly Queue[]
  users: readonly Pick<User, 'id' | 'queues' | 'skills'>[]
  stays: readonly PastStay[]
  /** What agents showed, in the order of agent and time. */
  shown: readonly { agentId: UserId; at: number; state: string }[]
  to: number
}

const AT_WORK = new Set(['available', 'ringing', 'talking', 'held', 'wrap_up'])
/** From the offer to the answer, where the ledger does not say it of every call. */
const ANSWER_MS = 4_000

/**
 * A day as the ledger has it. What the ledger can't know is drawn by chance: how long a caller who was answered would
 * have waited (his wait, and an exponential time more with the mean that the day shows), and how long a call with a
 * caller who hung up would have taken (that of another caller of his queue).
 */
export function pastDay({ queues, users, stays, shown, to }: PastDay, chance: Chance): Day {
  const patienceMs = meanPatience(stays)
  const handled = stays.filter((stay) => stay.handleMs !== null)
  const arrivals = stays.map((stay): Arrival => {
    const { queueId, at, priority, waitedMs, outcome } = stay
    const gaveUp = outcome === 'abandoned' || outcome === 'short_abandoned'
    return {
      ...{ queueId, at, priority },
      patienceMs: gaveUp ? waitedMs : waitedMs + exponential(chance, patienceMs),
      handleMs: stay.handleMs ?? lentHandleMs(handled, stay, chance),
    }
  })
  const agents = users
    .filter((user) => user.queues.length > 0)
    .map(({ id, queues: own, skills }) => ({
      agentId: id,
      queues: own,
      skills: Object.fromEntries(skills.map(({ skillId, level }) => [skillId, level])),
      shifts: shiftsOf(
        shown.filter((it) => it.agentId === id),
        to,
      ),
    }))
  return { queues, arrivals, agents, answerMs: ANSWER_MS }
}

/** All waiting over the number of those who gave up: the likeliest mean of exponential patience that was cut short. */
function meanPatience(stays: readonly PastStay[]): number {
  const gaveUp = stays.filter(({ outcome }) => outcome === 'abandoned' || outcome === 'short_abandoned')
  if (gaveUp.length === 0) return Number.POSITIVE_INFINITY
  return stays.reduce((sum, stay) => sum + stay.waitedMs, 0) / gaveUp.length
}

function lentHandleMs(handled: readonly PastStay[], { queueId }: PastStay, chance: Chance): number {
  const same = handled.filter((stay) => stay.queueId === queueId)
  const pool = same.length > 0 ? same : handled
  return pool[Math.floor(chance() * pool.length)]?.handleMs ?? 180_000
}

function shiftsOf(shown: PastDay['shown'], to: number): { from: number; to: number }[] {
  const shifts: { from: number; to: number }[] = []
  let since: number | null = null
  for (const { at, state } of shown) {
    if (AT_WORK.has(state)) since ??= at
    else if (since !== null) {
      shifts.push({ from: since, to: at })
      since = null
    }
  }
  if (since !== null) shifts.push({ from: since, to })
  return shifts
}
