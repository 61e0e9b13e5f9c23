import { z } from 'zod'
import {
  defineMachine,
  type OfferId,
  type QueueEntryId,
  type QueueId,
  type SegmentId,
  type UserId,
} from '../kernel/index.ts'

/**
 * Where a live contact stands. One caller leg, at most one agent leg.
 *
 *   greeted ─queued→ waiting ⇄ offered ─answered→ talking ⇄ held
 *     ▲                 │ left                       │ transferred → waiting
 *     └─────────────────┘                            └ agent_left → survey (greeted again) | ended
 *   any ─ended→ ended
 *
 * `greeted`: in the IVR (menu, survey, announcements).
 */
export type ContactPhase =
  | { state: 'greeted' }
  | { state: 'waiting'; queueId: QueueId; entryId: QueueEntryId; since: number }
  | { state: 'offered'; queueId: QueueId; entryId: QueueEntryId; since: number; offerId: OfferId; agentId: UserId }
  | { state: 'talking'; queueId: QueueId | null; segmentId: SegmentId; agentId: UserId; since: number }
  | { state: 'held'; queueId: QueueId | null; segmentId: SegmentId; agentId: UserId; since: number; heldAt: number }
  | { state: 'ended'; at: number }

export type ContactPhaseEvent =
  | { type: 'queued'; queueId: QueueId; entryId: QueueEntryId; at: number }
  | { type: 'left_queue' }
  | { type: 'offered'; offerId: OfferId; agentId: UserId }
  | { type: 'offer_ended' }
  | { type: 'answered'; segmentId: SegmentId; at: number }
  | { type: 'held'; at: number }
  | { type: 'resumed' }
  | { type: 'agent_left' }
  | { type: 'ended'; at: number }

const ended = (_: ContactPhase, e: { at: number }): ContactPhase => ({ state: 'ended', at: e.at })

export const contactPhase = defineMachine<ContactPhase, ContactPhaseEvent>({
  greeted: {
    queued: (_, { queueId, entryId, at }) => ({ state: 'waiting', queueId, entryId, since: at }),
    ended,
  },
  waiting: {
    offered: (s, { offerId, agentId }) => ({ ...s, state: 'offered', offerId, agentId }),
    left_queue: () => ({ state: 'greeted' }),
    ended,
  },
  offered: {
    offer_ended: ({ queueId, entryId, since }) => ({ state: 'waiting', queueId, entryId, since }),
    answered: ({ queueId, agentId }, { segmentId, at }) => ({
      state: 'talking',
      queueId,
      segmentId,
      agentId,
      since: at,
    }),
    left_queue: () => ({ state: 'greeted' }),
    ended,
  },
  talking: {
    held: (s, { at }) => ({ ...s, state: 'held', heldAt: at }),
    agent_left: () => ({ state: 'greeted' }),
    ended,
  },
  held: {
    resumed: ({ queueId, segmentId, agentId, since }) => ({ state: 'talking', queueId, segmentId, agentId, since }),
    agent_left: () => ({ state: 'greeted' }),
    ended,
  },
  ended: {},
})

/** The words of the phase that leave the process. */
export const ContactPhaseName = z.enum(['greeted', 'waiting', 'offered', 'talking', 'held', 'ended'])
export type ContactPhaseName = z.infer<typeof ContactPhaseName>
