import { afterEach, expect, it } from 'vitest'
import { heard } from './prompts.ts'
import { Switchboard } from './switchboard.ts'
import { answer, queued } from './talking.ts'

let board: Switchboard
afterEach(async () => {
  expect(await board.drift()).toBe(0)
  await board[Symbol.asyncDispose]()
})

it('announces the place again and again between the music', async () => {
  board = await Switchboard.start({ announceEveryMs: 800 })
  await using caller = await board.caller()
  const call = await queued(caller)
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.audio.hears(heard.music)
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.hangup()
  await board.happened('contact_ended')
})

it('says the place when asked by key, and lets the caller leave by key to the operator', async () => {
  board = await Switchboard.start()
  await using caller = await board.caller()
  const call = await caller.call('4000')
  await call.untilAnswered()
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.audio.press('1')
  await call.audio.press('2')
  await call.audio.press('12#')
  await call.audio.press('34#')
  await call.audio.press('56#')
  await call.audio.hears(heard.music, { withinMs: 8000 })
  await call.audio.press('*')
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.audio.hears(heard.music)
  await call.audio.press('0')
  const { queueId } = await board.happened('queue_entered', { nth: 2 })
  expect(queueId).toBe(board.queues.operator.id)
  expect(await board.happened('queue_entry_ended')).toMatchObject({ outcome: 'left_by_key' })
  await using li = await board.agent('1001')
  await answer(board, call, li)
  await call.hangup()
  await board.happened('contact_ended')
})

it('does what the flow says when the longest wait is over', async () => {
  board = await Switchboard.start({ maxWaitMs: 700 })
  await using caller = await board.caller()
  const call = await queued(caller)
  await call.untilEnded()
  expect(await board.happened('queue_entry_ended')).toMatchObject({ outcome: 'timed_out' })
  expect((await board.happened('contact_ended')).termination).toEqual({ party: 'flow', reason: 'flow_ended' })
})
