import type { ContactId } from '@ringdown/core/kernel'
import { type IncomingCall, type OutgoingCall, type Phone, tone } from '../sip/index.ts'
import { heard } from './prompts.ts'
import type { PhoneAgent, Switchboard } from './switchboard.ts'

export const voices = { caller: 440, agent: 620 } as const

/** A caller who pressed 1 (中文) and then a key of the main menu, and hears the music of that queue. */
export async function queued(caller: Phone, key = '0'): Promise<OutgoingCall> {
  const call = await caller.call('4000')
  await call.untilAnswered()
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.audio.press('1')
  await call.audio.press(key)
  await call.audio.hears(heard.music)
  return call
}

export type Talk = { call: OutgoingCall; offered: IncomingCall; contactId: ContactId }

/** Caller and agent talk, each with a tone of his own. */
export async function talking(board: Switchboard, caller: Phone, agent: PhoneAgent): Promise<Talk> {
  const call = await queued(caller)
  return { call, ...(await answer(board, call, agent)) }
}

/** The agent's phone rings and is answered; both hear each other. */
export async function answer(board: Switchboard, call: OutgoingCall, agent: PhoneAgent): Promise<Omit<Talk, 'call'>> {
  const offered = await agent.phone.nextCall()
  await offered.ring()
  await offered.answer()
  call.audio.play(tone(voices.caller))
  offered.audio.play(tone(voices.agent))
  await Promise.all([call.audio.hears(voices.agent), offered.audio.hears(voices.caller)])
  const { contactId } = await board.happened('segment_started')
  return { offered, contactId }
}
