import { type Candidate, planOffers, poolsOf, type Queue, type QueueState, type WaitingEntry } from '@ringdown/core/acd'
import type { ContactId, QueueEntryId, QueueId, UserId } from '@ringdown/core/kernel'
import { Agenda } from './agenda.ts'
import type { Arrival, Day, SimulatedAgent } from './day.ts'
import type { Chance } from './random.ts'

/** How each caller fared, and what agents did. */
export type Outcome = {
  stays: {
    queueId: QueueId
    at: number
    waitedMs: number
    outcome: 'answered' | 'abandoned' | 'timed_out'
    /** Null: nobody took him. */
    agentId: UserId | null
  }[]
  /** Ringing and handling, within and after shifts. */
  busyMs: number
  /** In shifts without a call. */
  idleMs: number
}

type What =
  | { type: 'arrival'; arrival: Arrival; n: number }
  | { type: 'gone'; entryId: QueueEntryId; outcome: 'abandoned' | 'timed_out' }
  | { type: 'shift'; agent: SimulatedAgent; begins: boolean }
  | { type: 'free'; agent: SimulatedAgent }
  | { type: 'plan' }

type Stay = Outcome['stays'][number]
type Waiting = WaitingEntry & { handleMs: number }
type Live = Candidate & { onShift: boolean; busy: boolean; idleSince: number | null }

/** Replays a day with the very ranking that routes real callers. Same day, same chance: same outcome. */
export function runDay(day: Day, chance: Chance): Outcome {
  const outcome: Outcome = { stays: [], busyMs: 0, idleMs: 0 }
  const agenda = new Agenda<What>()
  const waiting = new Map<QueueId, Map<QueueEntryId, Waiting>>(day.queues.map((queue) => [queue.id, new Map()]))
  const queueOf = new Map<QueueEntryId, Queue>()
  const lastAgents = new Map<QueueId, UserId>()
  const live = new Map<UserId, Live>(day.agents.map((agent) => [agent.agentId, absent(agent)]))
  const rules = new Map(day.queues.map((queue) => [queue.id, queue]))
  const agents = new Map(day.agents.map((agent) => [agent.agentId, agent]))
  let planAt = Number.POSITIVE_INFINITY

  for (const [n, arrival] of day.arrivals.entries()) agenda.put(arrival.at, { type: 'arrival', arrival, n })
  for (const agent of day.agents)
    for (const { from, to } of agent.shifts) {
      agenda.put(from, { type: 'shift', agent, begins: true })
      agenda.put(to, { type: 'shift', agent, begins: false })
    }

  for (let next = agenda.take(); next; next = agenda.take()) {
    happen(next.what, next.at)
    // what happens at one instant is looked at together
    if (agenda.nextAt !== next.at) match(next.at)
  }
  return outcome

  function happen(what: What, at: number): void {
    switch (what.type) {
      case 'arrival':
        arrive(what.arrival, what.n)
        break
      case 'gone':
        leave(what.entryId, what.outcome, at, null)
        break
      case 'shift':
        shift(live.get(what.agent.agentId)!, what.begins, at)
        break
      case 'free':
        free(live.get(what.agent.agentId)!, at)
        break
      case 'plan':
        planAt = Number.POSITIVE_INFINITY
    }
  }

  function arrive({ at, queueId, priority, patienceMs, handleMs }: Arrival, n: number): void {
    const queue = rules.get(queueId)
    if (!queue) return
    const entryId = `entry-${n}` as QueueEntryId
    const contactId = `contact-${n}` as ContactId
    const entry = { entryId, contactId, queueId, gatewayId: '', arrivedAt: at, priority, offers: 0, handleMs }
    waiting.get(queueId)!.set(entryId, entry)
    queueOf.set(entryId, queue)
    const { maxWaitMs } = queue
    if (maxWaitMs !== null && maxWaitMs < patienceMs)
      agenda.put(at + maxWaitMs, { type: 'gone', entryId, outcome: 'timed_out' })
    else if (Number.isFinite(patienceMs)) agenda.put(at + patienceMs, { type: 'gone', entryId, outcome: 'abandoned' })
  }

  function leave(entryId: QueueEntryId, how: Stay['outcome'], at: number, agentId: UserId | null): Waiting | undefined {
    const queue = queueOf.get(entryId)
    const entry = queue && waiting.get(queue.id)!.get(entryId)
    if (!queue || !entry) return undefined
    waiting.get(queue.id)!.delete(entryId)
    queueOf.delete(entryId)
    const { arrivedAt } = entry
    outcome.stays.push({ queueId: queue.id, at: arrivedAt, waitedMs: at - arrivedAt, outcome: how, agentId })
    return entry
  }

  function shift(agent: Live, begins: boolean, at: number): void {
    agent.onShift = begins
    if (begins && !agent.busy) idle(agent, at)
    if (!begins) stopIdling(agent, at)
    const { shift } = agent
    if (begins) agent.shift = { ...shift, atWorkSince: at }
    else if (!agent.busy) agent.shift = attended(shift, at)
  }

  function free(agent: Live, at: number): void {
    agent.busy = false
    agent.lastCallEndedAt = at
    if (agent.onShift) idle(agent, at)
    else agent.shift = attended(agent.shift, at)
  }

  function idle(agent: Live, at: number): void {
    agent.availableSince = at
    agent.idleSince = at
  }

  function stopIdling(agent: Live, at: number): void {
    if (agent.idleSince !== null) outcome.idleMs += at - agent.idleSince
    agent.idleSince = null
  }

  function match(now: number): void {
    const ready = [...live.values()].filter((agent) => agent.onShift && !agent.busy)
    if (ready.length === 0) return
    const states = day.queues.flatMap((queue): QueueState[] => {
      const entries = waiting.get(queue.id)!
      if (entries.size === 0) return []
      const pools = poolsOf(queue)
      const candidates = ready.filter((agent) => pools.some((pool) => agent.queues.includes(pool)))
      if (candidates.length === 0) return []
      return [{ queue, waiting: [...entries.values()], candidates, lastAgentId: lastAgents.get(queue.id) ?? null }]
    })
    if (states.length === 0) return
    const plan = planOffers(states, { now, chance })
    for (const { entry, queue, agentId } of plan.offers) {
      lastAgents.set(queue.id, agentId)
      answer(entry.entryId, live.get(agentId)!, now)
    }
    if (plan.againAt !== null && plan.againAt < planAt) {
      planAt = plan.againAt
      agenda.put(planAt, { type: 'plan' })
    }
  }

  function answer(entryId: QueueEntryId, agent: Live, now: number): void {
    const entry = leave(entryId, 'answered', now + day.answerMs, agent.agentId)
    if (!entry) return
    const busyMs = day.answerMs + entry.handleMs
    stopIdling(agent, now)
    agent.busy = true
    agent.shift = { ...agent.shift, calls: agent.shift.calls + 1 }
    outcome.busyMs += busyMs
    agenda.put(now + busyMs, { type: 'free', agent: agents.get(agent.agentId)! })
  }
}

const absent = ({ agentId, queues, skills }: SimulatedAgent): Live => ({
  ...{ agentId, queues, skills, version: 0, availableSince: 0, lastCallEndedAt: null },
  shift: { calls: 0, atWorkMs: 0, atWorkSince: null },
  ...{ onShift: false, busy: false, idleSince: null },
})

const attended = ({ calls, atWorkMs, atWorkSince }: Candidate['shift'], at: number): Candidate['shift'] => ({
  calls,
  atWorkMs: atWorkMs + (atWorkSince === null ? 0 : at - atWorkSince),
  atWorkSince: null,
})
