import type { LiveOffer, WaitingEntry } from '@ringdown/core/acd'
import { type ChosenStatus, shownState } from '@ringdown/core/agent'
import type { OfferOutcome } from '@ringdown/core/contact'
import type { OfferId, QueueEntryId, Result, SegmentId, UserId } from '@ringdown/core/kernel'
import type { AgentLog } from '../agents/agent-log.ts'
import type { Foundation } from '../foundation.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { createDeadlines } from './deadlines.ts'
import { createDispatcher, type Dispatcher } from './dispatch.ts'
import type { QueueBook } from './queue-book.ts'

export type AcdParts = Pick<Foundation, 'acd' | 'agents' | 'clock' | 'newId' | 'log'> & {
  queues: QueueBook
  agentLog: AgentLog
  ledger: Pick<Ledger, 'record'>
}

/**
 * Queues and offers as the rest of the gateway uses them: the stores' atomic steps with what must follow each.
 * Here `offer_made` and `offer_ended` are recorded; `queue_entered` and `queue_entry_ended` are the caller's to record.
 */
export type Acd = Disposable & {
  dispatcher: Dispatcher
  /** A contact begins to wait, and is offered at once if somebody is free. */
  enqueue(entry: WaitingEntry): Promise<void>
  /** A contact leaves its queue unanswered. An agent whom it rang is idle again. Refused to the second who tries. */
  withdraw(
    entryId: QueueEntryId,
  ): Promise<Result<{ entry: WaitingEntry; offer: LiveOffer | null }, { code: 'entry_not_waiting' }>>
  /** The agent answers: he talks and the entry is gone, if the offer still lives and is his. */
  accept(
    offerId: OfferId,
    agentId: UserId,
    segmentId: SegmentId,
  ): Promise<Result<LiveOffer, { code: 'offer_ended' | 'not_yours' }>>
  /** Ends an offer unaccepted; the contact is offered to the next agent at once. Refused if it ended before. */
  endOffer(
    offerId: OfferId,
    outcome: Exclude<OfferOutcome, 'accepted' | 'withdrawn'>,
  ): Promise<Result<LiveOffer, { code: 'offer_ended' }>>
}

const MISSED: ChosenStatus = { status: 'not_ready', reason: 'missed' }

export function createAcd(parts: AcdParts): Acd {
  const { acd: store, agents, agentLog, ledger, clock, log } = parts
  const dispatcher = createDispatcher({ ...parts, onOffer: offerMade })
  const deadlines = createDeadlines<OfferId>(clock, (offerId) => {
    endOffer(offerId, 'expired').catch((error) => log.error({ err: error, offerId }, 'an offer could not be expired'))
  })

  function offerMade(offer: LiveOffer): void {
    deadlines.set(offer.offerId, offer.expiresAt)
    logWork(offer, offer.offeredAt, 'ringing', 'available')
    const { contactId, offerId, entryId, queueId, agentId, expiresAt } = offer
    ledger.record(contactId, 'offer_made', offer.offeredAt, { offerId, entryId, queueId, agentId, expiresAt })
  }

  function offerEnded(offer: LiveOffer, outcome: OfferOutcome, at: number): void {
    deadlines.clear(offer.offerId)
    const { contactId, offerId, entryId, queueId, agentId } = offer
    ledger.record(contactId, 'offer_ended', at, { offerId, entryId, queueId, agentId, outcome })
    if (outcome === 'accepted') logWork(offer, at, 'talking', 'ringing')
    else void afterRinging(offer, at)
  }

  /** The agent may show something else now than before the offer: a status chosen meanwhile, a missed call. */
  async function afterRinging(offer: LiveOffer, at: number): Promise<void> {
    try {
      const agent = await agents.read(offer.agentId)
      logWork(offer, at, shownState(agent), 'ringing')
      dispatcher.agent(agent ?? offer.agentId)
    } catch (error) {
      log.error({ err: error, agentId: offer.agentId }, 'an agent could not be read after his offer')
    }
  }

  function logWork(offer: LiveOffer, at: number, state: string, previous: string): void {
    const by = state === 'talking' ? { party: 'agent' as const, userId: offer.agentId } : SYSTEM
    const { agentId, contactId } = offer
    agentLog.record({ agentId, at, type: 'work_changed', state, previous, contactId, by })
  }

  async function endOffer(...[offerId, outcome]: Parameters<Acd['endOffer']>): ReturnType<Acd['endOffer']> {
    const at = clock()
    const ended = await store.endOffer(offerId, outcome, at, outcome === 'expired' ? MISSED : undefined)
    if (ended.ok) {
      offerEnded(ended.value, outcome, at)
      dispatcher.queue(ended.value.queueId)
    }
    return ended
  }

  return {
    dispatcher,
    async enqueue(entry) {
      await store.enqueue(entry)
      dispatcher.queue(entry.queueId)
    },
    async withdraw(entryId) {
      const at = clock()
      const withdrawn = await store.withdraw(entryId, at)
      if (withdrawn.ok && withdrawn.value.offer) offerEnded(withdrawn.value.offer, 'withdrawn', at)
      return withdrawn
    },
    async accept(offerId, agentId, segmentId) {
      const at = clock()
      const accepted = await store.accept(offerId, agentId, segmentId, at)
      if (accepted.ok) offerEnded(accepted.value, 'accepted', at)
      return accepted
    },
    endOffer,
    [Symbol.dispose]() {
      deadlines[Symbol.dispose]()
      dispatcher[Symbol.dispose]()
    },
  }
}

const SYSTEM = { party: 'system', userId: null } as const
