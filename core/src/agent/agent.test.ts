import { describe, expect, it } from 'vitest'
import { type ContactId, type OfferId, type QueueId, type SegmentId, type UserId, unwrap } from '../kernel/index.ts'
import { type AgentRecord, type ChosenStatus, isRoutable } from './agent.ts'
import { shownSince, shownState } from './shown-state.ts'
import { type AgentChange, newAgent, stepAgent } from './step-agent.ts'

const id = <T extends string>(n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as T
const queueId = id<QueueId>(1)
const meal: ChosenStatus = { status: 'not_ready', reason: 'meal' }
const missed: ChosenStatus = { status: 'not_ready', reason: 'missed' }
const available: ChosenStatus = { status: 'available' }

const signedIn = (at = 10, device: 'webrtc' | 'sip' = 'webrtc'): AgentChange => ({
  type: 'signed_in',
  at,
  device,
  queues: [queueId],
  skills: {},
  callsToday: 0,
  lastCallEndedAt: null,
})
const offered: AgentChange = {
  type: 'offered',
  at: 100,
  offerId: id<OfferId>(2),
  contactId: id<ContactId>(3),
  queueId,
  expiresAt: 200,
}
const answered: AgentChange = { type: 'answered', at: 110, segmentId: id<SegmentId>(4) }
const after = (agent: AgentRecord, ...changes: AgentChange[]) =>
  changes.reduce((a, c) => unwrap(stepAgent(a, c)), agent)
const ready = (): AgentRecord =>
  after(
    newAgent(id<UserId>(9), 0),
    signedIn(),
    { type: 'device_proven', at: 20, address: 'leg' },
    { type: 'status_chosen', at: 30, chosen: available },
  )
const ringing = () => after(ready(), offered)
const talking = () => after(ringing(), answered)
const refusal = (agent: AgentRecord, change: AgentChange) => {
  const result = stepAgent(agent, change)
  return result.ok ? undefined : result.error.code
}

describe('session and device', () => {
  it('[AG1] is routable by four facts, whichever comes last', () => {
    expect(isRoutable(ready())).toBe(true)
    expect(ready().availableSince).toBe(30)
    for (const gone of [
      { type: 'device_lost', at: 40 },
      { type: 'status_chosen', at: 40, chosen: meal },
      { type: 'signed_out', at: 40 },
      offered,
    ] satisfies AgentChange[])
      expect(isRoutable(after(ready(), gone))).toBe(false)
  })

  it('[AG2] starts Not ready with an unproven device', () => {
    const agent = after(newAgent(id<UserId>(9), 0), signedIn())
    expect([agent.status.chosen, agent.device.proven]).toEqual([{ status: 'not_ready', reason: 'other' }, false])
  })

  it('[AG2] signs in again without losing status, device or work', () => {
    expect(after(ready(), signedIn(50))).toEqual(ready())
    expect(after(talking(), signedIn(150))).toEqual(talking())
    expect(refusal(talking(), signedIn(150, 'sip'))).toBe('in_call')
    expect(after(ready(), signedIn(50, 'sip')).device).toMatchObject({ kind: 'sip', proven: false })
  })

  it('[AG12] is routed by other queues and skills at once, with the same work and place', () => {
    const routing = { queues: [id<QueueId>(7)], skills: {} }
    expect(after(ready(), { type: 'routing_changed', at: 40, ...routing })).toEqual({ ...ready(), ...routing })
    expect(after(talking(), { type: 'routing_changed', at: 140, ...routing }).work).toEqual(talking().work)
    expect(refusal(newAgent(id<UserId>(9), 0), { type: 'routing_changed', at: 1, ...routing })).toBe('not_signed_in')
  })

  it('[AG5] does not sign out of work, and does nothing signed out', () => {
    const wrappingUp = after(talking(), { type: 'call_ended', at: 120, wrapUpMs: 50 })
    for (const agent of [ringing(), talking(), after(talking(), { type: 'held', at: 115 }), wrappingUp])
      expect(refusal(agent, { type: 'signed_out', at: 130 })).toBe('in_call')
    expect(refusal(newAgent(id<UserId>(9), 0), { type: 'status_chosen', at: 1, chosen: available })).toBe(
      'not_signed_in',
    )
  })

  it('[AG6] keeps its call when the device is lost, and is routable again when it is back', () => {
    expect(after(talking(), { type: 'device_lost', at: 120 }).work).toEqual(talking().work)
    const back = after(ready(), { type: 'device_lost', at: 40 }, { type: 'device_proven', at: 50, address: 'leg-2' })
    expect([isRoutable(back), back.availableSince]).toEqual([true, 50])
  })
})

describe('status', () => {
  it('[AG3] an agent whose offer expires goes on break, not back to available', () => {
    const agent = after(ringing(), { type: 'offer_ended', at: 200, status: missed, keepPlace: false })
    expect([agent.status.chosen, agent.work.state, agent.availableSince]).toEqual([missed, 'idle', null])
  })

  it('[AG4] takes effect after the work in which it was chosen', () => {
    const chosen = after(talking(), { type: 'status_chosen', at: 115, chosen: meal })
    expect([chosen.status.chosen, chosen.status.next]).toEqual([available, meal])
    const done = after(
      chosen,
      { type: 'call_ended', at: 120, wrapUpMs: 50 },
      { type: 'wrap_up_ended', at: 150, status: null },
    )
    expect(done.status).toEqual({ chosen: meal, since: 150, next: null })
  })

  it('[AG8] given with the end of wrap-up wins', () => {
    const agent = after(
      talking(),
      { type: 'status_chosen', at: 115, chosen: meal },
      { type: 'call_ended', at: 120, wrapUpMs: 50 },
      { type: 'wrap_up_ended', at: 150, status: available },
    )
    expect([agent.status.chosen, agent.status.next, agent.availableSince]).toEqual([available, null, 150])
  })
})

describe('work', () => {
  it('[AG7] wraps up after a call, also after one that was on hold', () => {
    const ended: AgentChange = { type: 'call_ended', at: 120, wrapUpMs: 50 }
    expect(after(talking(), ended).work).toMatchObject({ state: 'wrap_up', since: 120, endsAt: 170 })
    expect(after(talking(), { type: 'held', at: 115 }, ended).work).toMatchObject({ state: 'wrap_up' })
    expect(after(talking(), { ...ended, wrapUpMs: 0 })).toMatchObject({
      work: { state: 'idle', since: 120 },
      availableSince: 120,
      lastCallEndedAt: 120,
      callsToday: 1,
    })
  })

  it('[AG13] counts calls and the time at work of a shift, without breaks', () => {
    const wrapUp: AgentChange = { type: 'call_ended', at: 120, wrapUpMs: 50 }
    expect(talking().shift).toEqual({ calls: 1, atWorkMs: 0, atWorkSince: 30 })
    const onBreak = after(talking(), { type: 'status_chosen', at: 115, chosen: meal }, wrapUp)
    expect(onBreak.shift.atWorkSince).toBe(30)
    const away = after(onBreak, { type: 'wrap_up_ended', at: 150, status: null })
    expect(away.shift).toEqual({ calls: 1, atWorkMs: 120, atWorkSince: null })
    const back = after(away, { type: 'status_chosen', at: 500, chosen: available })
    expect(back.shift).toEqual({ calls: 1, atWorkMs: 120, atWorkSince: 500 })
    expect(after(back, { type: 'signed_out', at: 600 }, signedIn(700)).shift).toEqual(newAgent(id<UserId>(9), 0).shift)
  })

  it('[AG9] refuses every move that the table does not have', () => {
    expect(refusal(ringing(), offered)).toBe('illegal_transition')
    expect(refusal(ready(), answered)).toBe('illegal_transition')
    expect(refusal(ringing(), { type: 'held', at: 1 })).toBe('illegal_transition')
    expect(refusal(talking(), { type: 'wrap_up_ended', at: 1, status: null })).toBe('illegal_transition')
  })

  it('[AG10] keeps the place in the idle order while ringing, and afterwards if the caller left', () => {
    expect(ringing().availableSince).toBe(30)
    const ended: AgentChange = { type: 'offer_ended', at: 150, status: null, keepPlace: true }
    expect(after(ringing(), ended).availableSince).toBe(30)
    expect(after(ringing(), { ...ended, keepPlace: false }).availableSince).toBe(150)
    expect(talking().availableSince).toBeNull()
  })
})

it('shows one word to others', () => {
  const lost = after(ready(), { type: 'device_lost', at: 40 })
  const words = [
    undefined,
    ready(),
    ringing(),
    talking(),
    lost,
    after(ready(), { type: 'status_chosen', at: 50, chosen: meal }),
  ]
  expect(words.map(shownState)).toEqual(['signed_out', 'available', 'ringing', 'talking', 'device_problem', 'meal'])
  expect([ready(), ringing(), lost].map(shownSince)).toEqual([30, 100, 40])
})
