import { afterEach, beforeEach, expect, it } from 'vitest'
import { heard } from './prompts.ts'
import { Switchboard } from './switchboard.ts'
import { queued, talking } from './talking.ts'
import { until } from './until.ts'

let board: Switchboard
beforeEach(async () => {
  board = await Switchboard.start()
})
afterEach(async () => {
  expect(await board.drift()).toBe(0)
  expect(board.calls.calls.size).toBe(0)
  await board[Symbol.asyncDispose]()
})

it('[CT5] in the IVR: the contact ends as abandoned_in_ivr and never queued', async () => {
  await using caller = await board.caller()
  const call = await caller.call('4000')
  await call.untilAnswered()
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.hangup()
  const { termination } = await board.happened('contact_ended')
  expect(termination).toEqual({ party: 'caller', reason: 'abandoned_in_ivr' })
  expect((await board.events()).some(({ type }) => type === 'queue_entered')).toBe(false)
})

it('[CT5] in the queue: the entry ends as abandoned, at once as short_abandoned', async () => {
  await using caller = await board.caller()
  const call = await queued(caller)
  await call.hangup()
  expect(await board.happened('queue_entry_ended')).toMatchObject({ outcome: 'abandoned' })
  expect((await board.happened('contact_ended')).termination.reason).toBe('abandoned_in_queue')
})

it('[CT5] while the agent rings: his phone is cancelled and he is idle again', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const call = await queued(caller)
  const offered = await li.phone.nextCall()
  await offered.ring()
  await call.hangup()
  expect(await offered.untilEnded()).toMatchObject({ how: 'cancelled' })
  expect(await board.happened('offer_ended')).toMatchObject({ outcome: 'withdrawn' })
  expect((await board.happened('contact_ended')).termination.reason).toBe('abandoned_while_ringing')
  const agent = await board.foundation.agents.read(li.user.id)
  expect(agent).toMatchObject({ work: { state: 'idle' }, status: { chosen: { status: 'available' } } })
})

it('[CT6] while talking: the phone is rung off and the agent wraps up', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, offered, contactId } = await talking(board, caller, li)
  await call.hangup()
  await offered.untilEnded()
  expect(await board.happened('segment_ended')).toMatchObject({ by: 'caller', reason: 'normal' })
  await board.happened('contact_ended')
  const agent = await board.foundation.agents.read(li.user.id)
  expect(agent?.work).toMatchObject({ state: 'wrap_up', contactId })
  await until(async () => (await board.events()).some(({ type }) => type === 'recording_ended'), 'the recording')
})

it('[CT7] by CANCEL before the answer: nothing is left', async () => {
  await using caller = await board.caller()
  const call = await caller.call('4000')
  await call.hangup()
  await call.untilEnded()
  await until(async () => board.calls.calls.size === 0, 'the end of the call')
})
