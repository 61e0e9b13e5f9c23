import { describe, expect, it } from 'vitest'
import { OfferId, QueueEntryId, QueueId, SegmentId, UserId, unwrap } from '../kernel/index.ts'
import { type ContactPhase, type ContactPhaseEvent, contactPhase } from './phase.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const queueId = QueueId.parse(id(1))
const entryId = QueueEntryId.parse(id(2))
const offerId = OfferId.parse(id(3))
const agentId = UserId.parse(id(4))
const segmentId = SegmentId.parse(id(5))

const events = {
  queued: { type: 'queued', queueId, entryId, at: 1 },
  left_queue: { type: 'left_queue' },
  offered: { type: 'offered', offerId, agentId },
  offer_ended: { type: 'offer_ended' },
  answered: { type: 'answered', segmentId, at: 2 },
  held: { type: 'held', at: 3 },
  resumed: { type: 'resumed' },
  agent_left: { type: 'agent_left' },
  ended: { type: 'ended', at: 4 },
} as const satisfies Record<ContactPhaseEvent['type'], ContactPhaseEvent>

const after = (...names: (keyof typeof events)[]): ContactPhase =>
  names.reduce<ContactPhase>((phase, name) => unwrap(contactPhase.step(phase, events[name])), { state: 'greeted' })

const legal: Record<ContactPhase['state'], (keyof typeof events)[]> = {
  greeted: ['queued', 'ended'],
  waiting: ['offered', 'left_queue', 'ended'],
  offered: ['offer_ended', 'answered', 'left_queue', 'ended'],
  talking: ['held', 'agent_left', 'ended'],
  held: ['resumed', 'agent_left', 'ended'],
  ended: [],
}
const phases = [
  after(),
  after('queued'),
  after('queued', 'offered'),
  after('queued', 'offered', 'answered'),
  after('queued', 'offered', 'answered', 'held'),
  after('ended'),
]

describe('[CT1] moves only as the table says', () => {
  it.each(phases)('$state', (phase) => {
    const possible = Object.values(events).filter((event) => contactPhase.can(phase, event))
    expect(possible.map(({ type }) => type).sort()).toEqual([...legal[phase.state]].sort())
  })
})

it('[CT4] an offer that ends leaves the caller in the same entry, with the same beginning', () => {
  expect(after('queued', 'offered', 'offer_ended')).toEqual(after('queued'))
})

it('[CT8] hold and resume keep the segment', () => {
  expect(after('queued', 'offered', 'answered', 'held', 'resumed')).toEqual(after('queued', 'offered', 'answered'))
})

it('[CT10] a caller whose agent left can queue again', () => {
  expect(after('queued', 'offered', 'answered', 'agent_left', 'queued')).toEqual(after('queued'))
})
