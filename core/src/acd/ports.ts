import type { AgentRecord, ChosenStatus } from '../agent/index.ts'
import type { OfferOutcome } from '../contact/index.ts'
import type { ContactId, OfferId, QueueEntryId, QueueId, Result, SegmentId, UserId } from '../kernel/index.ts'
import type { Candidate, WaitingEntry } from './candidate.ts'

/** One attempt to give a waiting contact to an agent: a lease. The id is the fencing token of every later command. */
export type LiveOffer = {
  offerId: OfferId
  entryId: QueueEntryId
  contactId: ContactId
  queueId: QueueId
  agentId: UserId
  gatewayId: string
  offeredAt: number
  expiresAt: number
}

/**
 * Who waits, who is ready and who is offered what. Each method is one atomic step (one Lua script on Redis), so many
 * gateways share queues without a leader.
 */
export interface AcdStore {
  enqueue(entry: WaitingEntry): Promise<void>
  /** Takes a waiting or offered entry out. Ends its offer, if it had one, as withdrawn: the agent is idle again. */
  withdraw(
    entryId: QueueEntryId,
    now: number,
  ): Promise<Result<{ entry: WaitingEntry; offer: LiveOffer | null }, { code: 'entry_not_waiting' }>>
  /** Waiting and not offered, in serving order. */
  waiting(queueId: QueueId, limit?: number): Promise<WaitingEntry[]>
  /** All entries of a queue in serving order with the place each holds (1 is next), offered ones included. */
  positions(queueId: QueueId): Promise<QueueEntryId[]>
  /** All entries of a queue in serving order, offered ones with their offer. */
  line(queueId: QueueId): Promise<{ entry: WaitingEntry; offerId: OfferId | null }[]>
  /** Routable members of a queue. */
  ready(queueId: QueueId): Promise<Candidate[]>
  /** Whom a queue offered a caller last. */
  lastOffered(queueId: QueueId): Promise<UserId | null>
  /** Agent idle → ringing and entry waiting → offered, both or neither. */
  claim(offer: LiveOffer): Promise<Result<AgentRecord, { code: 'agent_not_ready' | 'entry_not_waiting' }>>
  /** Agent ringing → talking and entry gone from the queue, if the offer still lives. */
  accept(
    offerId: OfferId,
    agentId: UserId,
    segmentId: SegmentId,
    now: number,
  ): Promise<Result<LiveOffer, { code: 'offer_ended' | 'not_yours' }>>
  /**
   * Ends a live offer unaccepted: the entry waits again at its old place; the agent is idle with `agentStatus` if given
   * (a missed offer puts him on break).
   */
  endOffer(
    offerId: OfferId,
    outcome: Exclude<OfferOutcome, 'accepted' | 'withdrawn'>,
    now: number,
    agentStatus?: ChosenStatus,
  ): Promise<Result<LiveOffer, { code: 'offer_ended' }>>
  readOffer(offerId: OfferId): Promise<LiveOffer | undefined>
  /** Offers past their deadline: whoever holds the list ends them; a second one is refused. */
  expired(now: number): Promise<LiveOffer[]>
  /** Queues in which an entry waits for this agent by name. */
  directQueues(agentId: UserId): Promise<QueueId[]>
  /** Entries held by a gateway, for cleaning up after it died. */
  entriesOf(gatewayId: string): Promise<WaitingEntry[]>
}
