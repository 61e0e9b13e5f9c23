import type { PhoneNumber } from '@ringdown/core/kernel'
import { createFlow, publishFlow, routeNumber } from '@ringdown/db/postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPerson } from '../factories/index.ts'
import { tone } from '../sip/index.ts'
import { heard } from './prompts.ts'
import { Switchboard } from './switchboard.ts'
import { queued, voices } from './talking.ts'
import { until } from './until.ts'

let board: Switchboard
beforeAll(async () => {
  board = await Switchboard.start()
})
afterAll(() => board[Symbol.asyncDispose]())

it('refuses a number that nobody has with 404', async () => {
  await using caller = await board.caller()
  const call = await caller.call('4999')
  expect(await call.untilEnded()).toMatchObject({ status: 404 })
})

it('refuses a caller without a codec of ours with 488', async () => {
  await using caller = await board.caller()
  const call = await caller.call('4000', { sdp: 'unsupported' })
  expect(await call.untilEnded()).toMatchObject({ status: 488 })
})

it('makes the offer to a caller who sends none', async () => {
  await using caller = await board.caller()
  const call = await caller.call('4000', { sdp: 'none' })
  await call.untilAnswered()
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.hangup()
})

it('sends a caller with three wrong codes on, unverified', async () => {
  await using caller = await board.caller()
  const call = await caller.call('4000')
  await call.untilAnswered()
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.audio.press('1')
  await call.audio.press('1')
  for (const code of ['111111#', '222222#', '333333#']) await call.audio.press(code)
  await call.audio.hears(heard.music, { withinMs: 10_000 })
  const steps = (await board.events()).flatMap((e) => (e.type === 'ivr_step' ? [e.step.keyed] : []))
  expect(steps).toEqual(['1', '1', '111111', '222222', '333333'])
  expect((await board.events()).filter((e) => e.type === 'caller_matched')).toMatchObject([{ by: 'number' }])
  await call.hangup()
})

it('takes keys by SIP INFO too', async () => {
  await using caller = await board.caller()
  const call = await caller.call('4000')
  await call.untilAnswered()
  await call.audio.hears(heard.prompt, { forMs: 80 })
  expect(await call.pressByInfo('2')).toMatchObject({ status: 200 })
  expect(await board.happened('language_chosen')).toMatchObject({ language: 'en' })
  await call.hangup()
})

it('answers a re-INVITE of a waiting caller, who hears nothing on hold and music again afterwards', async () => {
  await using caller = await board.caller()
  const call = await queued(caller)
  call.audio.play(tone(voices.caller))
  expect(await call.hold()).toMatchObject({ status: 200 })
  expect(await call.resume()).toMatchObject({ status: 200 })
  await call.audio.hears(heard.music)
  await call.hangup()
})

it('knows who calls by his number before the flow begins', async () => {
  await aPerson(board.sql, { phones: ['+8613700137000' as PhoneNumber] })
  const label = { zh: '甲', en: 'A' }
  const flowId = await createFlow(board.sql, 'by number')
  const nodes = {
    known: {
      type: 'condition',
      label,
      config: { all: [{ fact: 'match', is: ['one'] }] },
      exits: { yes: 'wait', no: 'bye' },
    },
    wait: { type: 'queue', label, config: { queue: 'sales' }, exits: { timed_out: 'bye', unavailable: 'bye' } },
    bye: { type: 'hang-up', label },
  }
  const flow = { version: 1, name: 'By number', language: 'zh', start: 'known', afterCall: null, nodes }
  await publishFlow(board.sql, flowId, flow, null)
  await routeNumber(board.sql, '4001', flowId)
  await using known = await board.caller({ user: '13700137000' })
  const call = await known.call('4001')
  await call.audio.hears(heard.music)
  await call.hangup()
  await using stranger = await board.caller({ user: '13700137999' })
  const refused = await stranger.call('4001')
  expect(await refused.untilEnded()).toMatchObject({ by: 'them' })
})

it('keeps the ladder of a call', async () => {
  await using caller = await board.caller()
  const call = await queued(caller)
  await call.hangup()
  const { contactId } = await board.happened('contact_ended')
  const ladder = await until(async () => {
    const [row] = await board.sql<{ messages: { text: string }[] }[]>`
      select messages from sip_ladders where contact_id = ${contactId}`
    return row?.messages
  }, 'the ladder')
  expect(ladder.map(({ text }) => text.split(' ')[0])).toContain('BYE')
})
