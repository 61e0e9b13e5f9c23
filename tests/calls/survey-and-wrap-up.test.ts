import { unwrap } from '@ringdown/core/kernel'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { heard } from './prompts.ts'
import { Switchboard } from './switchboard.ts'
import { talking } from './talking.ts'

let board: Switchboard
beforeEach(async () => {
  board = await Switchboard.start({ survey: true })
})
afterEach(async () => {
  expect(await board.drift()).toBe(0)
  await board[Symbol.asyncDispose]()
})

it('[CT13] asks the caller who stays for scores, then rings off', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, contactId } = await talking(board, caller, li)
  unwrap(await board.as(li.actor, 'call:hang-up', { contactId }))
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.audio.press('5')
  await call.audio.press('9')
  await call.untilEnded()
  const { surveyId } = await board.happened('survey_sent')
  expect((await board.events()).filter((e) => e.type === 'survey_answered')).toMatchObject([
    { surveyId, question: 'csat', score: 5 },
    { surveyId, question: 'nps', score: 9 },
  ])
  expect((await board.happened('contact_ended')).termination).toEqual({ party: 'flow', reason: 'survey_finished' })
})

it('[CT13] sends the survey at the agent’s wish; a caller who hangs up in it ends well', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, contactId } = await talking(board, caller, li)
  unwrap(await board.as(li.actor, 'call:send-survey', { contactId }))
  await call.audio.hears(heard.prompt, { forMs: 80 })
  await call.hangup()
  expect(await board.happened('survey_sent')).toMatchObject({ trigger: 'agent' })
  expect((await board.happened('contact_ended')).termination).toEqual({ party: 'caller', reason: 'normal' })
})

it('[CT14] wrap-up: extended, then completed with disposition and ticket', async () => {
  await using li = await board.agent('1001')
  await using caller = await board.caller()
  const { call, contactId } = await talking(board, caller, li)
  await call.hangup()
  const started = await board.happened('wrap_up_started')
  unwrap(await board.as(li.actor, 'wrap-up:extend', { contactId }))
  const work = (await board.foundation.agents.read(li.user.id))?.work
  expect(work).toMatchObject({ state: 'wrap_up', endsAt: started.endsAt + 60_000 })
  const ticket = {
    subject: 'Screen broken',
    customerId: null,
    personId: null,
    priority: 'high',
    category: 'repair',
    assigneeId: li.user.id,
    dueAt: null,
    note: 'Send a technician.',
    solved: false,
  } as const
  const done = await board.as(li.actor, 'wrap-up:complete', { contactId, disposition: 'resolved', ticket, next: null })
  const { ticketNumber } = unwrap(done)
  expect(ticketNumber).toMatch(/^T-\d+$/)
  expect(await board.happened('wrap_up_ended')).toMatchObject({ disposition: 'resolved', by: 'agent' })
  await board.happened('ticket_linked')
  expect((await board.foundation.agents.read(li.user.id))?.work.state).toBe('idle')
  expect(await board.foundation.live.read(contactId)).toBeUndefined()
  const again = await board.as(li.actor, 'wrap-up:complete', { contactId, disposition: 'x', ticket: null, next: null })
  expect(again).toMatchObject({ error: { code: 'wrap_up_ended' } })
})
