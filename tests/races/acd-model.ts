import { type LiveOffer, type WaitingEntry, waitingScore } from '@ringdown/core/acd'
import {
  type AgentChange,
  type AgentRecord,
  type ChosenStatus,
  isRoutable,
  newAgent,
  stepAgent,
} from '@ringdown/core/agent'
import type { OfferId, QueueEntryId, QueueId, SegmentId, UserId } from '@ringdown/core/kernel'

/** Queues, offers and agents in plain maps over the pure steps of core: what the scripts in Redis must agree with. */
export class AcdModel {
  readonly agents = new Map<UserId, AgentRecord>()
  readonly entries = new Map<QueueEntryId, WaitingEntry>()
  readonly offers = new Map<OfferId, LiveOffer>()
  /** Whom each queue offered a caller last. */
  readonly turns = new Map<QueueId, UserId>()

  agent(id: UserId): AgentRecord {
    return this.agents.get(id) ?? newAgent(id, 0)
  }

  /** False: core refuses the change. */
  change(id: UserId, change: AgentChange): boolean {
    const next = stepAgent(this.agent(id), change)
    if (next.ok) this.agents.set(id, { ...next.value, version: this.agent(id).version + 1 })
    return next.ok
  }

  enqueue(entry: WaitingEntry): void {
    if (!this.entries.has(entry.entryId)) this.entries.set(entry.entryId, entry)
  }

  withdraw(entryId: QueueEntryId, now: number): 'ok' | 'entry_not_waiting' {
    if (!this.entries.has(entryId)) return 'entry_not_waiting'
    const offer = this.offerOf(entryId)
    if (offer) {
      this.offers.delete(offer.offerId)
      this.change(offer.agentId, { type: 'offer_ended', at: now, status: null, keepPlace: true })
    }
    this.entries.delete(entryId)
    return 'ok'
  }

  claim(offer: LiveOffer): 'ok' | 'agent_not_ready' | 'entry_not_waiting' {
    const entry = this.entries.get(offer.entryId)
    if (!entry || this.offerOf(offer.entryId) || entry.queueId !== offer.queueId) return 'entry_not_waiting'
    if (entry.forAgentId && entry.forAgentId !== offer.agentId) return 'entry_not_waiting'
    if (!isRoutable(this.agent(offer.agentId))) return 'agent_not_ready'
    const { offeredAt, offerId, contactId, queueId, expiresAt } = offer
    this.change(offer.agentId, { type: 'offered', at: offeredAt, offerId, contactId, queueId, expiresAt })
    this.entries.set(entry.entryId, { ...entry, offers: entry.offers + 1 })
    this.offers.set(offerId, offer)
    this.turns.set(queueId, offer.agentId)
    return 'ok'
  }

  accept(offerId: OfferId, agentId: UserId, segmentId: SegmentId, now: number): 'ok' | 'offer_ended' | 'not_yours' {
    const offer = this.offers.get(offerId)
    if (!offer) return 'offer_ended'
    if (offer.agentId !== agentId) return 'not_yours'
    if (now >= offer.expiresAt) return 'offer_ended'
    this.offers.delete(offerId)
    this.entries.delete(offer.entryId)
    this.change(agentId, { type: 'answered', at: now, segmentId })
    return 'ok'
  }

  endOffer(offerId: OfferId, outcome: string, now: number, status: ChosenStatus | null): 'ok' | 'offer_ended' {
    const offer = this.offers.get(offerId)
    if (!offer) return 'offer_ended'
    this.offers.delete(offerId)
    const entry = this.entries.get(offer.entryId)!
    this.entries.set(offer.entryId, { ...entry, refusals: { ...entry.refusals, [offer.agentId]: now } })
    const { version } = this.agent(offer.agentId)
    this.change(offer.agentId, { type: 'offer_ended', at: now, status, keepPlace: false })
    if (outcome === 'device_failed') this.change(offer.agentId, { type: 'device_lost', at: now })
    // both are one step of the script
    this.agents.set(offer.agentId, { ...this.agent(offer.agentId), version: version + 1 })
    return 'ok'
  }

  line(queueId: QueueId): QueueEntryId[] {
    return [...this.entries.values()]
      .filter((entry) => entry.queueId === queueId)
      .toSorted((a, b) => waitingScore(a) - waitingScore(b) || (a.entryId < b.entryId ? -1 : 1))
      .map((entry) => entry.entryId)
  }

  waiting(queueId: QueueId): WaitingEntry[] {
    return this.line(queueId).flatMap((id) => (this.offerOf(id) ? [] : this.entries.get(id)!))
  }

  directQueues(agentId: UserId): QueueId[] {
    const entries = [...this.entries.values()]
    const wanted = entries.filter((e) => e.forAgentId === agentId || e.preferred?.agentId === agentId)
    return [...new Set(wanted.map((entry) => entry.queueId))].toSorted()
  }

  ready(queueId: QueueId): UserId[] {
    return [...this.agents.values()]
      .filter((agent) => isRoutable(agent) && agent.queues.includes(queueId))
      .map((agent) => agent.agentId)
      .toSorted()
  }

  offerOf(entryId: QueueEntryId): LiveOffer | undefined {
    return [...this.offers.values()].find((offer) => offer.entryId === entryId)
  }
}
