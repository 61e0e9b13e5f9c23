import { afterAll, beforeAll, expect, it } from 'vitest'
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
