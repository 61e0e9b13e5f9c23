import { unwrap } from '@ringdown/core/kernel'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { heard } from './prompts.ts'
import { Switchboard } from './switchboard.ts'
import { answer, talking, voices } from './talking.ts'

let board: Switchboard
beforeEach(async () => {
  board = await Switchboard.start()
})
afterEach(async () => {
  expect(await board.drift()).toBe(0)
  await board[Symbol.asyncDispose]()
})

it('[CT8] hold: music for the caller, silence for the agent; resume: both again', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, offered, contactId } = await talking(board, caller, li)
  unwrap(await board.as(li.actor, 'call:hold', { contactId }))
  await Promise.all([call.audio.hears(heard.music), offered.audio.hearsSilence()])
  unwrap(await board.as(li.actor, 'call:resume', { contactId }))
  await Promise.all([call.audio.hears(voices.agent), offered.audio.hears(voices.caller)])
  await call.hangup()
  await board.happened('contact_ended')
})

it('[CT9] mute and keys', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, contactId } = await talking(board, caller, li)
  unwrap(await board.as(li.actor, 'call:mute', { contactId, muted: true }))
  await call.audio.hearsSilence()
  unwrap(await board.as(li.actor, 'call:mute', { contactId, muted: false }))
  await call.audio.hears(voices.agent)
  unwrap(await board.as(li.actor, 'call:dtmf', { contactId, digits: '42#' }))
  await call.audio.hearsDigits('42#')
  await call.hangup()
  await board.happened('contact_ended')
})

it('[CT9] keys by SIP INFO for a caller without telephone-event, whoever presses them', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const call = await caller.call('4000', { sdp: 'keyless' })
  await call.untilAnswered()
  await call.audio.hears(heard.prompt, { forMs: 80 })
  for (const key of '10') expect((await call.pressByInfo(key)).status).toBe(200)
  const { offered, contactId } = await answer(board, call, li)
  unwrap(await board.as(li.actor, 'call:dtmf', { contactId, digits: '42#' }))
  await call.audio.hearsDigits('42#')
  await offered.pressByInfo('7')
  await call.audio.hearsDigits('7')
  const infos = Array.from({ length: 4 }, () => call.nextRequest('INFO'))
  expect((await Promise.all(infos)).map(({ body }) => /Signal=(.)/.exec(body.toString())?.[1]).join('')).toBe('42#7')
  await call.hangup()
  await board.happened('contact_ended')
})

it('[CT10] transfer to a colleague: he gets the call, the first agent wraps up', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, offered, contactId } = await talking(board, caller, li)
  await using wang = await board.agent('1002')
  unwrap(await board.as(li.actor, 'call:write-notes', { contactId, text: 'wants a refund' }))
  unwrap(await board.as(li.actor, 'call:transfer', { contactId, to: { kind: 'agent', agentId: wang.user.id } }))
  await offered.untilEnded()
  const second = await answer(board, call, wang)
  const live = await board.foundation.live.read(contactId)
  expect(live?.transferredFrom).toMatchObject({ agentId: li.user.id, notes: 'wants a refund' })
  expect((await board.foundation.agents.read(li.user.id))?.work.state).toBe('wrap_up')
  await second.offered.hangup()
  await call.untilEnded()
  await board.happened('contact_ended')
  expect((await board.events()).filter(({ type }) => type === 'recording_ended').length).toBeGreaterThan(0)
})

it('[CT10] transfer to a colleague who does not answer: the caller waits for anybody', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, contactId } = await talking(board, caller, li)
  await using wang = await board.agent('1002')
  unwrap(await board.as(li.actor, 'call:transfer', { contactId, to: { kind: 'agent', agentId: wang.user.id } }))
  const refused = await wang.phone.nextCall()
  await using zhang = await board.agent('1003')
  await refused.reject(603)
  await answer(board, call, zhang)
  await call.hangup()
  await board.happened('contact_ended')
})

it('[CT10] transfer to a colleague who cannot take it is refused and the call goes on', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, contactId } = await talking(board, caller, li)
  await using wang = await board.agent('1002', { available: false })
  const to = { kind: 'agent', agentId: wang.user.id } as const
  expect(await board.as(li.actor, 'call:transfer', { contactId, to })).toMatchObject({
    ok: false,
    error: { code: 'agent_not_ready', field: 'to.agentId' },
  })
  await call.audio.hears(voices.agent)
  await call.hangup()
  await board.happened('contact_ended')
})

it('[CT10] transfer to a queue keeps the first arrival', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, contactId } = await talking(board, caller, li)
  const queueId = board.queues.complaints.id
  unwrap(await board.as(li.actor, 'call:transfer', { contactId, to: { kind: 'queue', queueId } }))
  const [first, second] = await Promise.all([
    board.happened('queue_entered'),
    board.happened('queue_entered', { nth: 2 }),
  ])
  expect(second).toMatchObject({ queueId, arrivedAt: first.arrivedAt })
  await call.audio.hears(heard.music)
  await using wang = await board.agent('1002')
  await answer(board, call, wang)
  await call.hangup()
  await board.happened('contact_ended')
})

it('[CT12] refuses commands of somebody who is not on the call', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, contactId } = await talking(board, caller, li)
  await using wang = await board.agent('1002', { available: false })
  expect(await board.as(wang.actor, 'call:hang-up', { contactId })).toMatchObject({ error: { code: 'not_your_call' } })
  await call.hangup()
  await board.happened('contact_ended')
  expect(await board.as(li.actor, 'call:hold', { contactId })).toMatchObject({ error: { code: 'call_ended' } })
})
