import { afterEach, beforeEach, expect, it } from 'vitest'
import { tone } from '../sip/index.ts'
import { heard } from './prompts.ts'
import { Switchboard } from './switchboard.ts'

let board: Switchboard
beforeEach(async () => {
  board = await Switchboard.start()
})
afterEach(() => board[Symbol.asyncDispose]())

it('takes a caller from the menu to an agent and to the end, with audio both ways', async () => {
  await using caller = await board.caller()
  const call = await caller.call('4000')
  await call.untilAnswered()
  await call.audio.hears(heard.prompt)
  await call.audio.press('1')
  await call.audio.press('0')
  await call.audio.hears(heard.music)

  await using li = await board.agent('1001')
  const offered = await li.phone.nextCall()
  expect(offered.from.uri).toContain('13900138000')
  await offered.ring()
  await offered.answer()
  call.audio.play(tone(440))
  offered.audio.play(tone(620))
  await Promise.all([call.audio.hears(620), offered.audio.hears(440)])

  await offered.hangup()
  await call.untilEnded()
  await board.happened('contact_ended')
  const recording = await board.happened('recording_ended')
  expect(recording).toMatchObject({ failed: false })
  expect((await board.events()).map(({ type }) => type)).toEqual([
    'contact_started',
    'ivr_entered',
    'caller_matched',
    'ivr_step',
    'language_chosen',
    'ivr_step',
    'queue_entered',
    'offer_made',
    'offer_ended',
    'queue_entry_ended',
    'segment_started',
    'recording_started',
    'segment_ended',
    'wrap_up_started',
    'contact_ended',
    'recording_ended',
  ])
  expect(await board.drift()).toBe(0)
})
