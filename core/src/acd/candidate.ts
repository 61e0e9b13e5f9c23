import type { AgentRecord, AgentShift } from '../agent/index.ts'
import type { ContactId, QueueEntryId, QueueId, SkillId, UserId } from '../kernel/index.ts'

/** A contact that waits in a queue. `arrivedAt` is the original arrival and never changes while it waits. */
export type WaitingEntry = {
  entryId: QueueEntryId
  contactId: ContactId
  queueId: QueueId
  /** Gateway that holds the caller's leg. */
  gatewayId: string
  arrivedAt: number
  /** 0 is usual; each step of priority counts as `PRIORITY_STEP_MS` of waiting. */
  priority: number
  /** How often it was offered; for 'why' and figures. */
  offers: number
  /** Only this agent may have it (a transfer to a colleague); he need not be a member of the queue. */
  forAgentId?: UserId
  /** Until `until` this agent alone may have it (whom the caller spoke to last); he need not be a member of the queue. */
  preferred?: { agentId: UserId; until: number }
  /** When each agent last did not take it. Kept by the store. */
  refusals?: Readonly<Record<UserId, number>>
}

/** One step of priority outweighs this much waiting: high priority goes first, yet nobody starves. */
export const PRIORITY_STEP_MS = 60_000

/** The order in which callers are served: smaller is sooner. */
export const waitingScore = (e: Pick<WaitingEntry, 'arrivedAt' | 'priority'>): number =>
  e.arrivedAt - e.priority * PRIORITY_STEP_MS

/** An agent who could be offered a contact now. */
export type Candidate = {
  agentId: UserId
  version: number
  availableSince: number
  queues: readonly QueueId[]
  skills: Readonly<Record<SkillId, number>>
  lastCallEndedAt: number | null
  shift: AgentShift
}

/** What routing looks at in an agent's record. */
export const candidateOf = (agent: AgentRecord): Candidate => ({
  agentId: agent.agentId,
  version: agent.version,
  availableSince: agent.availableSince ?? agent.work.since,
  queues: agent.queues,
  skills: agent.skills,
  lastCallEndedAt: agent.lastCallEndedAt,
  shift: agent.shift,
})
