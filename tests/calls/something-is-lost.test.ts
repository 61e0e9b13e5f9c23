import { unwrap } from '@ringdown/core/kernel'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { tone } from '../sip/index.ts'
import { heard } from './prompts.ts'
import { Switchboard } from './switchboard.ts'
import { answer, queued, talking, voices } from './talking.ts'
import { until } from './until.ts'

let board: Switchboard
beforeEach(async () => {
  board = await Switchboard.start()
})
afterEach(async () => {
  expect(await board.drift()).toBe(0)
  await board[Symbol.asyncDispose]()
})

it('[CT11] an agent’s phone: the caller hears music and is served first by the next agent', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call } = await talking(board, caller, li)
  li.phone.vanish()
  expect(await board.happened('segment_ended')).toMatchObject({ reason: 'device_lost' })
  await call.audio.hears(heard.music)
  const [first, second] = await Promise.all([
    board.happened('queue_entered'),
    board.happened('queue_entered', { nth: 2 }),
  ])
  expect(second.arrivedAt).toBe(first.arrivedAt)
  await using wang = await board.agent('1002')
  await answer(board, call, wang)
  await call.hangup()
  await board.happened('contact_ended')
})

it('[CT17] a caller without a BYE: the contact ends as media_timeout', async () => {
  await using caller = await board.caller()
  await queued(caller)
  caller.vanish()
  expect((await board.happened('contact_ended', { withinMs: 20_000 })).termination).toEqual({
    party: 'network',
    reason: 'media_timeout',
  })
  expect(await board.happened('queue_entry_ended')).toMatchObject({ outcome: 'abandoned' })
})

it('[CT15] the database for a while: a call is offered, answered and ended without it, and its ledger is complete', async () => {
  await using li = await board.agent('1001', { available: false })
  await using caller = await board.caller()
  const call = await queued(caller)
  await board.happened('queue_entered')
  const back = await board.loseDatabase()
  unwrap(await board.routing.agents.chooseStatus(li.user.id, { status: 'available' }))
  const ringing = await li.phone.nextCall()
  await ringing.answer()
  call.audio.play(tone(voices.caller))
  await ringing.audio.hears(voices.caller)
  await call.hangup()
  await ringing.untilEnded()
  await back()
  expect((await board.happened('contact_ended')).termination).toEqual({ party: 'caller', reason: 'normal' })
  expect((await board.events()).filter((e) => e.type === 'queue_entry_ended')).toMatchObject([{ outcome: 'answered' }])
})

it('[CT16] the media server: the caller is rung off, the agent wraps up, and the next call has audio', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, offered } = await talking(board, caller, li)
  await board.media.restart()
  await Promise.all([call.untilEnded(), offered.untilEnded()])
  expect((await board.happened('contact_ended')).termination).toEqual({ party: 'system', reason: 'media_lost' })
  expect((await board.foundation.agents.read(li.user.id))?.work.state).toBe('wrap_up')
  await until(async () => board.foundation.media.connected, 'the connection to the media server')
  const next = await queued(caller)
  await next.hangup()
  await until(async () => board.calls.calls.size === 0, 'the end of the call')
})

it('[LG11] the SIP server while a phone rings: it takes calls again as soon as the server is back', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const call = await queued(caller)
  const unheard = await li.phone.nextCall()
  await unheard.ring()
  await until(async () => board.calls.legs.alive.some(({ labels }) => labels.state === 'early'), 'the ringing')
  await board.sip.restart()
  expect(await board.happened('offer_ended')).toMatchObject({ outcome: 'device_failed' })
  await until(
    async () => (await board.foundation.agents.read(li.user.id))?.device.proven,
    'the phone to be trusted again',
  )
  // The caller he did not take is spared him for a while; another one is not.
  await using other = await board.caller({ user: '13900138001' })
  const next = await queued(other)
  const { offered } = await answer(board, next, li)
  await Promise.all([call.hangup(), offered.hangup()])
  await until(async () => board.calls.calls.size === 0, 'the end of both calls')
})

it('[CT18] the gateway, told to stop: everybody is rung off and every ledger closed', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, offered } = await talking(board, caller, li)
  await board.calls[Symbol.asyncDispose]()
  await Promise.all([call.untilEnded(), offered.untilEnded()])
  expect((await board.happened('contact_ended')).termination).toEqual({ party: 'system', reason: 'gateway_lost' })
  expect(await board.happened('segment_ended')).toMatchObject({ by: 'system', reason: 'gateway_lost' })
})
