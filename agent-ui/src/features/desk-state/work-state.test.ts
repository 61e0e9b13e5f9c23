import type { DeskView } from '@ringdown/core/contract'
import { expect, it } from 'vitest'
import { toneOf, workStateOf } from './work-state.ts'

const desk = (agent: object | null, call: object | null = null) =>
  ({ version: 1, now: 0, agent, call, offer: null, wrapUp: null }) as unknown as DeskView
const agent = (changes: object = {}) => ({
  session: { signedInAt: 1, seenAt: 1 },
  device: { kind: 'webrtc', proven: true, since: 2, address: null },
  status: { chosen: { status: 'available' }, since: 10, next: null },
  work: { state: 'idle', since: 30 },
  ...changes,
})

it('counts available time from the end of the last work', () => {
  expect(workStateOf(desk(agent()))).toEqual({ name: 'available', since: 30 })
})

it('calls an agent whose headset is gone a device problem, not available', () => {
  const device = { kind: 'webrtc', proven: false, since: 40, address: null }
  expect(workStateOf(desk(agent({ device })))).toEqual({ name: 'device_problem', since: 40 })
})

it('shows the reason of not ready, and work before either', () => {
  const status = { chosen: { status: 'not_ready', reason: 'missed' }, since: 50, next: null }
  expect(workStateOf(desk(agent({ status }))).name).toBe('missed')
  expect(workStateOf(desk(agent({ status, work: { state: 'wrap_up', since: 60 } }))).name).toBe('wrap_up')
})

it('is connecting until both can hear each other', () => {
  const work = { state: 'talking', since: 60 }
  expect(workStateOf(desk(agent({ work }), { state: 'connecting' })).name).toBe('connecting')
  expect(workStateOf(desk(null)).name).toBe('signed_out')
})

it('has a tone for words it does not know', () => expect(toneOf('team_meeting')).toBe('not-ready'))
