import { writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Switchboard } from './switchboard.ts'
import { answer, queued } from './talking.ts'

let board: Switchboard
beforeEach(async () => {
  board = await Switchboard.start()
})
afterEach(() => board[Symbol.asyncDispose]())

it('takes a caller from the menu to an agent and to the end, with audio both ways', async () => {
  await using caller = await board.caller()
  const call = await queued(caller)
  await using li = await board.agent('1001')
  const { offered } = await answer(board, call, li)
  expect(offered.from.uri).toContain('13900138000')
  await offered.hangup()
  await call.untilEnded()
  await board.happened('contact_ended')
  const recording = await board.happened('recording_ended')
  expect(recording).toMatchObject({ failed: false })
  // A recording is finished in the background: its end has no place among the others.
  const types = (await board.events()).map(({ type }) => type).filter((type) => type !== 'recording_ended')
  expect(types).toEqual([
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
  ])
  expect(await board.drift()).toBe(0)
})

it('goes on without a recording when the disk takes none, and says in the ledger that it failed', async () => {
  await writeFile(board.recordingDir, 'no folder')
  await using caller = await board.caller()
  const call = await queued(caller)
  await using li = await board.agent('1001')
  const { offered } = await answer(board, call, li)
  expect(await board.happened('recording_ended')).toMatchObject({ failed: true, durationMs: 0 })
  await offered.hangup()
  await call.untilEnded()
  await board.happened('contact_ended')
  const types = (await board.events()).map(({ type }) => type)
  expect(types.filter((type) => type.startsWith('recording'))).toEqual(['recording_started', 'recording_ended'])
  expect(await board.drift()).toBe(0)
})
