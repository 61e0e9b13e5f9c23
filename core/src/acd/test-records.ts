import type { ContactId, QueueEntryId, QueueId, SkillId, UserId } from '../kernel/index.ts'
import type { Candidate, WaitingEntry } from './candidate.ts'
import { planOffers, type QueueState } from './plan-offers.ts'
import { plainRouting, type Queue } from './queue.ts'

export const chips = 'skill-chips' as SkillId
export const japanese = 'skill-japanese' as SkillId

export const queue = (name: string, more: Partial<Queue> = {}): Queue => ({
  id: name as QueueId,
  key: name,
  name: { zh: name, en: name },
  strategy: 'longest_idle',
  requiredSkills: [],
  ...plainRouting,
  offerMs: 15_000,
  wrapUpMs: 30_000,
  maxWaitMs: null,
  shortAbandonMs: 5_000,
  serviceLevelMs: 20_000,
  serviceLevelTarget: 0.8,
  announceEveryMs: null,
  music: 'default',
  survey: true,
  ...more,
})

export const entry = (name: string, arrivedAt: number, more: Partial<WaitingEntry> = {}): WaitingEntry => ({
  entryId: name as QueueEntryId,
  contactId: name as ContactId,
  queueId: 'sales' as QueueId,
  gatewayId: 'g',
  arrivedAt,
  priority: 0,
  offers: 0,
  ...more,
})

/** A member of every queue these tests have. */
export const agent = (
  name: string,
  availableSince: number,
  skills: Record<SkillId, number> = {},
  more: Partial<Candidate> = {},
): Candidate => ({
  agentId: name as UserId,
  version: 1,
  availableSince,
  queues: ['sales', 'repair', 'chips', 'q', 'x', 'y', 'z'] as QueueId[],
  skills,
  lastCallEndedAt: null,
  shift: { calls: 0, atWorkMs: 0, atWorkSince: null },
  ...more,
})

export type State = Omit<QueueState, 'lastAgentId'> & { lastAgentId?: UserId }
const half = () => 0.5
export const plan = (states: State[], now = 1_000_000, chance = half) =>
  planOffers(
    states.map((state) => ({ lastAgentId: null, ...state })),
    { now, chance },
  )
/** Who is offered to whom, in serving order: `caller→agent`. */
export const pairs = (states: State[], now?: number, chance?: () => number) =>
  plan(states, now, chance).offers.map((offer) => `${offer.entry.entryId}→${offer.agentId}`)
