import {
  type Candidate,
  candidateOf,
  type LiveOffer,
  type OfferPlan,
  type PlannedOffer,
  planOffers,
  poolsOf,
  type QueueState,
  type WaitingEntry,
} from '@ringdown/core/acd'
import { type AgentRecord, isRoutable } from '@ringdown/core/agent'
import { OfferId, type QueueId, type UserId } from '@ringdown/core/kernel'
import type { Foundation } from '../foundation.ts'
import { createDeadlines } from './deadlines.ts'
import type { DecisionLog } from './decision-log.ts'
import type { QueueBook } from './queue-book.ts'

export type DispatchParts = Pick<Foundation, 'acd' | 'agents' | 'clock' | 'newId' | 'log'> & {
  queues: QueueBook
  decisions: Pick<DecisionLog, 'offered' | 'passedOver'>
  /** An agent rings now. */
  onOffer(offer: LiveOffer, agent: AgentRecord): void
}

/** Matches callers and agents when something happened; asking costs nothing and never waits. */
export type Dispatcher = Disposable & {
  /** An entry waits in this queue. */
  queue(queueId: QueueId): void
  /** This agent may have become routable: all his queues are one line. */
  agent(agent: AgentRecord | UserId): void
  /** Resolves when nothing is left to match. */
  settled(): Promise<void>
}

/** Heads of queues are read so far at first; the rest only when nobody of them could be matched with a free agent. */
const HEAD = 100

/**
 * Event-driven matching: everything asked for while a round runs is served together by the next one. A round reads the
 * queues, ranks in core, and claims in Redis; a lost race asks for another round.
 */
export function createDispatcher(parts: DispatchParts): Dispatcher {
  const { acd, agents, clock, log } = parts
  let queues = new Set<QueueId>()
  let freed = new Map<UserId, AgentRecord | undefined>()
  let running: Promise<void> | undefined
  const pauses = createDeadlines<QueueId>(clock, (queueId) => ask(queueId))

  function ask(queueId: QueueId): void {
    queues.add(queueId)
    start()
  }

  function start(): void {
    running ??= run().finally(() => {
      running = undefined
      if (queues.size + freed.size > 0) start()
    })
  }

  async function run(): Promise<void> {
    // everything that is said in this turn of the event loop belongs to this round
    await Promise.resolve()
    while (queues.size + freed.size > 0) {
      const [queueIds, agentsFreed] = [queues, freed]
      queues = new Set()
      freed = new Map()
      try {
        const ofAgents = await Promise.all([...agentsFreed].map(([id, record]) => queuesOf(id, record)))
        await round([...new Set([...queueIds, ...ofAgents.flat()])])
      } catch (error) {
        log.error({ err: error, queues: [...queueIds] }, 'matching failed; the sweep asks again')
      }
    }
  }

  async function queuesOf(agentId: UserId, known: AgentRecord | undefined): Promise<QueueId[]> {
    const [agent, direct, all] = await Promise.all([
      known ?? agents.read(agentId),
      acd.directQueues(agentId),
      parts.queues.all(),
    ])
    if (!agent || !isRoutable(agent)) return []
    const served = all.filter((queue) => poolsOf(queue).some((pool) => agent.queues.includes(pool)))
    return [...agent.queues, ...served.map(({ id }) => id), ...direct]
  }

  async function round(queueIds: QueueId[]): Promise<void> {
    const states = await Promise.all(queueIds.map((id) => readState(id, HEAD)))
    let plan = planOffers(states.filter(isState), turn())
    if (states.some((state) => state && isCutShort(state, plan))) {
      const whole = await Promise.all(queueIds.map((id) => readState(id)))
      plan = planOffers(whole.filter(isState), turn())
    }
    await Promise.all(plan.offers.map((planned) => tryOffer(plan, planned)))
    parts.decisions.passedOver(plan, clock())
    if (plan.againAt !== null) for (const queueId of queueIds) pauses.set(queueId, plan.againAt)
  }

  const turn = () => ({ now: clock(), chance: Math.random })

  async function readState(queueId: QueueId, limit?: number): Promise<QueueState | undefined> {
    const queue = await parts.queues.find(queueId)
    if (!queue) {
      log.error({ queueId }, 'callers wait in a queue that does not exist')
      return undefined
    }
    const [waiting, lastAgentId, ...pools] = await Promise.all([
      acd.waiting(queueId, limit),
      acd.lastOffered(queueId),
      ...poolsOf(queue).map((pool) => acd.ready(pool)),
    ])
    const ready = [...new Map(pools.flat().map((candidate) => [candidate.agentId, candidate])).values()]
    return { queue, waiting, lastAgentId, candidates: [...ready, ...(await guests(waiting, ready))] }
  }

  /** Agents for whom an entry waits by name, though they are no members of the queue. */
  async function guests(waiting: readonly WaitingEntry[], ready: readonly Candidate[]): Promise<Candidate[]> {
    const now = clock()
    const wanted = new Set(
      waiting.flatMap(({ forAgentId, preferred }) => [
        ...(forAgentId ? [forAgentId] : []),
        ...(preferred && now < preferred.until ? [preferred.agentId] : []),
      ]),
    )
    for (const { agentId } of ready) wanted.delete(agentId)
    const records = await Promise.all([...wanted].map((id) => agents.read(id)))
    return records.flatMap((agent) => (agent && isRoutable(agent) ? [candidateOf(agent)] : []))
  }

  async function tryOffer(plan: OfferPlan, planned: PlannedOffer): Promise<void> {
    const { queue, entry, agentId } = planned
    const now = clock()
    const offer: LiveOffer = {
      offerId: OfferId.parse(parts.newId()),
      entryId: entry.entryId,
      contactId: entry.contactId,
      queueId: entry.queueId,
      agentId,
      gatewayId: entry.gatewayId,
      offeredAt: now,
      expiresAt: now + queue.offerMs,
    }
    const claimed = await acd.claim(offer)
    if (!claimed.ok) {
      queues.add(entry.queueId)
      return
    }
    parts.onOffer(offer, claimed.value)
    parts.decisions.offered(plan, planned, offer)
  }

  return {
    queue: ask,
    agent(agent) {
      if (typeof agent === 'string') freed.set(agent, undefined)
      else freed.set(agent.agentId, agent)
      start()
    },
    async settled() {
      while (running) await running
    },
    [Symbol.dispose]: () => pauses[Symbol.dispose](),
  }
}

const isState = (state: QueueState | undefined): state is QueueState => state !== undefined

/** Free agents are left, and callers behind those that were read. */
function isCutShort({ waiting, candidates }: QueueState, plan: OfferPlan): boolean {
  const taken = new Set(plan.offers.map((offer) => offer.agentId))
  return waiting.length === HEAD && candidates.some(({ agentId }) => !taken.has(agentId))
}
