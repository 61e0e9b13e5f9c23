import type { AcdStore, LiveOffer } from '@ringdown/core/acd'
import { type ChosenStatus, shownState } from '@ringdown/core/agent'
import type { OfferId } from '@ringdown/core/kernel'
import type { AgentLog } from '../agents/agent-log.ts'
import type { Foundation } from '../foundation.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { createDeadlines } from './deadlines.ts'
import type { DecisionLog } from './decision-log.ts'
import { createDispatcher, type Dispatcher } from './dispatch.ts'
import type { QueueBook } from './queue-book.ts'

export type AcdParts = Pick<Foundation, 'acd' | 'agents' | 'clock' | 'newId' | 'log'> & {
  queues: QueueBook
  decisions: DecisionLog
  agentLog: AgentLog
  ledger: Pick<Ledger, 'record'>
}

/**
 * Queues and offers as the rest of the gateway uses them. Recorded here: `offer_made`, and `offer_ended` of offers that
 * were rejected, expired or failed on the device. Who withdraws or accepts records that with the end of the entry.
 */
export type Acd = Disposable & {
  /** The store, each step followed by what must follow: the agents' log, deadlines, matching. */
  store: AcdStore
  dispatcher: Dispatcher
}

const MISSED: ChosenStatus = { status: 'not_ready', reason: 'missed' }
const SYSTEM = { party: 'system', userId: null } as const

export function createAcd(parts: AcdParts): Acd {
  const { acd, agents, agentLog, ledger, clock, log } = parts
  const dispatcher = createDispatcher({ ...parts, onOffer: offerMade })
  const deadlines = createDeadlines<OfferId>(clock, (offerId) => {
    store
      .endOffer(offerId, 'expired', clock())
      .catch((error) => log.error({ err: error, offerId }, 'an offer could not be expired; the sweep tries again'))
  })

  function offerMade(offer: LiveOffer): void {
    const { contactId, offerId, entryId, queueId, agentId, expiresAt, offeredAt } = offer
    deadlines.set(offerId, expiresAt)
    logWork(offer, offeredAt, 'ringing', 'available')
    ledger.record(contactId, 'offer_made', offeredAt, { offerId, entryId, queueId, agentId, expiresAt })
  }

  /** The agent may show something else now than before the offer: a status chosen meanwhile, a missed call. */
  function stoppedRinging(offer: LiveOffer, at: number): void {
    deadlines.clear(offer.offerId)
    agents.read(offer.agentId).then(
      (agent) => {
        logWork(offer, at, shownState(agent), 'ringing')
        dispatcher.agent(agent ?? offer.agentId)
      },
      (error) => log.error({ err: error, agentId: offer.agentId }, 'an agent could not be read after his offer'),
    )
  }

  function logWork({ agentId, contactId }: LiveOffer, at: number, state: string, previous: string): void {
    const by = state === 'talking' ? { party: 'agent' as const, userId: agentId } : SYSTEM
    agentLog.record({ agentId, at, type: 'work_changed', state, previous, contactId, by })
  }

  const store: AcdStore = {
    ...acd,
    async enqueue(entry) {
      await acd.enqueue(entry)
      dispatcher.queue(entry.queueId)
    },
    async withdraw(entryId, now) {
      const withdrawn = await acd.withdraw(entryId, now)
      if (withdrawn.ok && withdrawn.value.offer) stoppedRinging(withdrawn.value.offer, now)
      return withdrawn
    },
    async accept(offerId, agentId, segmentId, now) {
      const accepted = await acd.accept(offerId, agentId, segmentId, now)
      if (!accepted.ok) return accepted
      deadlines.clear(offerId)
      logWork(accepted.value, now, 'talking', 'ringing')
      return accepted
    },
    /** An expired offer puts the agent on break as missed, unless another status is given. */
    async endOffer(offerId, outcome, now, status = outcome === 'expired' ? MISSED : undefined) {
      const ended = await acd.endOffer(offerId, outcome, now, status)
      if (!ended.ok) return ended
      const { contactId, entryId, queueId, agentId } = ended.value
      ledger.record(contactId, 'offer_ended', now, { offerId, entryId, queueId, agentId, outcome })
      stoppedRinging(ended.value, now)
      dispatcher.queue(queueId)
      return ended
    },
  }

  return {
    store,
    dispatcher,
    [Symbol.dispose]() {
      deadlines[Symbol.dispose]()
      dispatcher[Symbol.dispose]()
    },
  }
}
