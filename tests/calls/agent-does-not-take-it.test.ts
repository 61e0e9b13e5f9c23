import { afterEach, beforeEach, expect, it } from 'vitest'
import { Switchboard } from './switchboard.ts'
import { answer, queued } from './talking.ts'

let board: Switchboard
beforeEach(async () => {
  board = await Switchboard.start({ offerMs: 1500 })
})
afterEach(async () => {
  expect(await board.drift()).toBe(0)
  await board[Symbol.asyncDispose]()
})

it('[CT4] rejects: the next agent is called at once', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const call = await queued(caller)
  const refused = await li.phone.nextCall()
  await using wang = await board.agent('1002')
  await refused.reject(486)
  await answer(board, call, wang)
  expect(await board.happened('offer_ended')).toMatchObject({ outcome: 'rejected', agentId: li.user.id })
  await call.hangup()
  await board.happened('contact_ended')
})

it('[CT4] does not answer: he is on a missed break, the caller waits at the front', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const call = await queued(caller)
  const missed = await li.phone.nextCall()
  await missed.ring()
  expect(await missed.untilEnded()).toMatchObject({ how: 'cancelled' })
  expect(await board.happened('offer_ended')).toMatchObject({ outcome: 'expired' })
  const agent = await board.foundation.agents.read(li.user.id)
  expect(agent?.status.chosen).toEqual({ status: 'not_ready', reason: 'missed' })
  await using wang = await board.agent('1002')
  await answer(board, call, wang)
  await call.hangup()
  await board.happened('contact_ended')
})

it('[CT4] is unreachable: the offer ends as device_failed', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const call = await queued(caller)
  const gone = await li.phone.nextCall()
  await gone.reject(480)
  expect(await board.happened('offer_ended')).toMatchObject({ outcome: 'device_failed' })
  await call.hangup()
  await board.happened('contact_ended')
})
