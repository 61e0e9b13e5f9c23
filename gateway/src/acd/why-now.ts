import { candidateOf, type Decision, demandAfter, explain, type Judged, rank } from '@ringdown/core/acd'
import { type AgentRecord, isRoutable, shownState } from '@ringdown/core/agent'
import type { ContactId } from '@ringdown/core/kernel'
import type { Foundation } from '../foundation.ts'
import type { QueueBook } from './queue-book.ts'

export type WhyNowParts = Pick<Foundation, 'acd' | 'agents' | 'live' | 'clock'> & { queues: QueueBook }

/** What speaks for and against each agent for a caller who waits now, with his place (1 is next); null: he does not wait. */
export type WhyNow = (contactId: ContactId) => Promise<(Decision & { position: number }) | null>

export function createWhyNow({ acd, agents, live, queues, clock }: WhyNowParts): WhyNow {
  return async (contactId) => {
    const stay = (await live.read(contactId))?.queue
    const queue = stay && stay.leftAt === null ? await queues.find(stay.queueId) : undefined
    if (!queue) return null
    const [line, lastAgentId, all] = await Promise.all([
      acd.line(queue.id),
      acd.lastOffered(queue.id),
      agents.readAll(),
    ])
    const position = line.findIndex(({ entry }) => entry.contactId === contactId) + 1
    const place = line[position - 1]
    if (!place) return null
    const { entry, offerId } = place
    const now = clock()
    const demand = demandAfter(queue, now - entry.arrivedAt)
    const wanted = new Set([entry.forAgentId, entry.preferred?.agentId])
    const concerned = all.filter(
      (agent) => wanted.has(agent.agentId) || demand.pools.some((id) => agent.queues.includes(id)),
    )
    const routable = concerned.filter(isRoutable)
    const turn = { now, lastAgentId, chance: () => 0.5 }
    const rung = concerned.find(({ work }) => work.state === 'ringing' && work.offerId === offerId)
    const decision = explain(
      { entry, queue, demand, ranked: rank(queue, routable.map(candidateOf), turn) },
      new Set(),
      now,
      { agentId: rung?.agentId ?? null, offerId },
    )
    const others = concerned
      .filter((agent) => !isRoutable(agent) && agent.session !== null)
      .map((agent) => absent(agent, rung))
    return { ...decision, position, candidates: [...decision.candidates, ...others] }
  }
}

const absent = (agent: AgentRecord, rung: AgentRecord | undefined): Judged =>
  agent === rung
    ? { agentId: agent.agentId, verdict: 'offered', score: [] }
    : { agentId: agent.agentId, verdict: 'not_ready', score: [], state: shownState(agent) }
