import { join } from 'node:path'
import { unwrap } from '@ringdown/core/kernel'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { toneShare } from '../sip/audio/tone-detector.ts'
import { type OutgoingCall, readWav, tone } from '../sip/index.ts'
import { PageAgent } from './headset.ts'
import { heard } from './prompts.ts'
import { Switchboard } from './switchboard.ts'
import { queued, voices } from './talking.ts'

let board: Switchboard
beforeEach(async () => {
  board = await Switchboard.start()
})
afterEach(async () => {
  expect(await board.drift()).toBe(0)
  await board[Symbol.asyncDispose]()
})

async function answered(agent: PageAgent, call: OutgoingCall): Promise<void> {
  const { offerId, contactId } = await board.happened('offer_made')
  expect((await board.foundation.live.read(contactId))?.offer?.offerId).toBe(offerId)
  unwrap(await board.as(agent.actor, 'offer:answer', { offerId }))
  call.audio.play(tone(voices.caller))
  agent.audio.play(tone(voices.agent))
  await Promise.all([call.audio.hears(voices.agent), agent.audio.hears(voices.caller)])
}

it('[CT11] reloads while talking: music for the caller, then the call goes on', async () => {
  await using li = await PageAgent.start(board)
  await using caller = await board.caller()
  const call = await queued(caller)
  await answered(li, call)
  await li.vanish()
  await call.audio.hears(heard.music)
  await li.connect()
  li.audio.play(tone(voices.agent))
  await Promise.all([call.audio.hears(voices.agent), li.audio.hears(voices.caller)])
  expect((await board.events()).filter(({ type }) => type === 'segment_ended')).toEqual([])
  await call.hangup()
  await board.happened('contact_ended')
})

it('[CT11] opens another page while talking: the call moves to it', async () => {
  await using li = await PageAgent.start(board)
  await using caller = await board.caller()
  const call = await queued(caller)
  await answered(li, call)
  const first = li.audio
  await li.connect()
  li.audio.play(tone(voices.agent))
  await Promise.all([call.audio.hears(voices.agent), li.audio.hears(voices.caller)])
  await first.close()
  const { contactId } = await board.happened('segment_started')
  unwrap(await board.as(li.actor, 'call:hang-up', { contactId }))
  await call.untilEnded()
  await board.happened('contact_ended')
})

it('refuses an answer without a headset, an offer that is over and one of somebody else', async () => {
  await using li = await PageAgent.start(board)
  await using caller = await board.caller()
  const call = await queued(caller)
  const { offerId } = await board.happened('offer_made')
  const other = { ...li.actor, userId: board.foundation.newId() as PageAgent['userId'] }
  expect(await board.as(other, 'offer:answer', { offerId })).toMatchObject({ error: { code: 'offer_ended' } })
  await board.routing.agents.loseDevice(li.userId, li.legId)
  expect(await board.as(li.actor, 'offer:answer', { offerId })).toMatchObject({ error: { code: 'no_headset' } })
  unwrap(await board.as(li.actor, 'offer:reject', { offerId }))
  expect(await board.as(li.actor, 'offer:answer', { offerId })).toMatchObject({ error: { code: 'offer_ended' } })
  await call.hangup()
  await board.happened('contact_ended')
})

it('records both sides: the caller left, the agent right', async () => {
  await using li = await PageAgent.start(board)
  await using caller = await board.caller()
  const call = await queued(caller)
  await answered(li, call)
  await call.hangup()
  const { path } = await board.happened('recording_started')
  expect(await board.happened('recording_ended')).toMatchObject({ failed: false })
  const { channels } = await readWav(join(board.recordingDir, path))
  const [left, right] = channels.map((pcm) => loudestTone(pcm, [voices.caller, voices.agent]))
  expect([left, right]).toEqual([voices.caller, voices.agent])
  await board.happened('contact_ended')
})

/** Which of these tones most of a channel's power is in. */
const loudestTone = (pcm: Int16Array, tones: readonly number[]): number | undefined =>
  tones.toSorted((a, b) => toneShare(pcm, b) - toneShare(pcm, a))[0]
