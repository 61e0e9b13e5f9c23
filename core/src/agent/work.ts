import { type ContactId, defineMachine, type OfferId, type QueueId, type SegmentId } from '../kernel/index.ts'
import type { AgentWork } from './agent.ts'

/** One member per event. `offered`, `answered` and `offer_ended` are carried out by the scripts of the ACD store. */
export type WorkEvent =
  | { type: 'offered'; at: number; offerId: OfferId; contactId: ContactId; queueId: QueueId; expiresAt: number }
  | { type: 'answered'; at: number; segmentId: SegmentId }
  | { type: 'offer_ended'; at: number }
  | { type: 'held'; at: number }
  | { type: 'resumed'; at: number }
  /** `wrapUpMs` 0: no wrap-up. */
  | { type: 'call_ended'; at: number; wrapUpMs: number }
  | { type: 'wrap_up_extended'; at: number; endsAt: number }
  | { type: 'wrap_up_ended'; at: number }

type Call = Extract<AgentWork, { state: 'talking' | 'held' }>

const idle = (at: number): AgentWork => ({ state: 'idle', since: at })

function callEnded({ contactId, segmentId, queueId }: Call, e: { at: number; wrapUpMs: number }): AgentWork {
  if (e.wrapUpMs === 0) return idle(e.at)
  return { state: 'wrap_up', since: e.at, contactId, segmentId, queueId, endsAt: e.at + e.wrapUpMs }
}

/**
 * What an agent does.
 *
 *   idle ─offered→ ringing ─answered→ talking ⇄ held
 *    ▲ ▲              │                  └──call_ended──┐ (also from held; without wrap-up straight to idle)
 *    │ └─offer_ended──┘                                 ▼
 *    └──────────────────wrap_up_ended──────────────── wrap_up ↺ wrap_up_extended
 */
export const agentWork = defineMachine<AgentWork, WorkEvent>({
  idle: {
    offered: (_, { at, offerId, contactId, queueId, expiresAt }) => ({
      state: 'ringing',
      since: at,
      offerId,
      contactId,
      queueId,
      expiresAt,
    }),
  },
  ringing: {
    answered: ({ contactId, queueId }, { at, segmentId }) => ({
      state: 'talking',
      since: at,
      contactId,
      segmentId,
      queueId,
    }),
    offer_ended: (_, { at }) => idle(at),
  },
  talking: {
    held: (s, { at }) => ({ ...s, state: 'held', since: at }),
    call_ended: callEnded,
  },
  held: {
    resumed: (s, { at }) => ({ ...s, state: 'talking', since: at }),
    call_ended: callEnded,
  },
  wrap_up: {
    wrap_up_extended: (s, { endsAt }) => ({ ...s, endsAt }),
    wrap_up_ended: (_, { at }) => idle(at),
  },
})
