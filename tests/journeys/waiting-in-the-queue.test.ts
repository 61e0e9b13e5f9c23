import { expect } from 'vitest'
import { type Caller, journeyOn } from '../desk/index.ts'

const journey = journeyOn()

journey('keys work while waiting: a star tells the position, a zero leaves for the operator', async ({ desk }) => {
  await using caller = await desk.caller()
  await caller.waits()
  await hearsMusic(caller)
  const pressedAtMs = caller.audio.recorder.elapsedMs
  await caller.audio.press('*')
  await expect
    .poll(() => caller.audio.segments(pressedAtMs).map(({ what }) => what), { timeout: 8000 })
    .toContain('speech')

  await caller.audio.press('0')
  const moved = await desk.ledger.shows(caller.call, 'a second queue entry', (c) => c.entries.length === 2)
  expect(moved.entries).toMatchObject([
    { outcome: 'left_by_key' },
    { queueId: desk.scene.queues.operator.id, outcome: null },
  ])
  await caller.call.hangup()
  const { entries } = await desk.ledger.ended(caller.call)
  expect(entries[1]?.outcome).toMatch(/abandoned/)
})

journey('the board shows who waits, in the true order, with the longest wait', async ({ desk }) => {
  await using board = await desk.socket('carol')
  await using first = await desk.caller({ number: '13900139001' })
  await first.waits()
  await using second = await desk.caller({ number: '13900139002' })
  await second.waits()
  const view = await board.showsBoard('two callers', ({ callers }) => callers.length === 2)
  expect(view.callers.map(({ number, position }) => [number, position])).toEqual([
    ['+8613900139001', 1],
    ['+8613900139002', 2],
  ])
  const counted = await board.showsBoard('two counted', ({ queues }) =>
    queues.some((q) => q.key === 'sales' && q.waiting === 2),
  )
  const tile = counted.queues.find(({ key }) => key === 'sales')
  expect(tile?.longestWaitSince).toBe(view.callers[0]?.arrivedAt)
  expect(counted.queues.map(({ drift }) => drift)).toEqual(counted.queues.map(() => 0))
  await first.call.hangup()
  await board.showsBoard('one caller', ({ callers }) => callers.length === 1 && callers[0]?.position === 1)
})

/** The greeting is over: what is heard last is music. */
async function hearsMusic({ audio }: Caller): Promise<void> {
  await expect.poll(() => audio.segments().at(-1)?.what, { timeout: 15_000 }).toBe('music')
}
