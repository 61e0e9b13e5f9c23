import { UserId } from '@ringdown/core/kernel'
import { describe, expect, it } from 'vitest'
import { type Headset, type HeadsetEvent, headsetMachine } from './headset.ts'

const agentId = UserId.parse('00000000-0000-4000-8000-000000000001')
const events: HeadsetEvent[] = [
  { type: 'connected' },
  { type: 'lost' },
  { type: 'superseded' },
  { type: 'closed', why: 'left' },
]
const states: [Headset, Partial<Record<HeadsetEvent['type'], Headset['state']>>][] = [
  [
    { state: 'connecting', agentId },
    { connected: 'connected', lost: 'lost', superseded: 'superseded', closed: 'closed' },
  ],
  [
    { state: 'connected', agentId },
    { connected: 'connected', lost: 'lost', superseded: 'superseded', closed: 'closed' },
  ],
  [
    { state: 'lost', agentId },
    { connected: 'connected', lost: 'lost', superseded: 'superseded', closed: 'closed' },
  ],
  [
    { state: 'superseded', agentId },
    { connected: 'superseded', lost: 'superseded', closed: 'closed' },
  ],
  [{ state: 'closed', agentId, why: 'left' }, {}],
]

describe('[HS1] moves only as the table says', () => {
  it.each(states)('$state', (headset, moves) => {
    const found = events.flatMap((event) => {
      const next = headsetMachine.step(headset, event)
      return next.ok ? [[event.type, next.value.state]] : []
    })
    expect(Object.fromEntries(found)).toEqual(moves)
  })
})
