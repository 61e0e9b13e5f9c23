import type { ContactEvent } from '@ringdown/core/events'
import { expect, it } from 'vitest'
import { courseOf } from './course-of.ts'

const happened = (...events: [string, number, object?][]) =>
  events.map(([type, at, rest]) => ({ type, at, ...rest }) as unknown as ContactEvent)
const kinds = (events: ContactEvent[], now = 1000) =>
  courseOf(events, now).caller.map((s) => `${s.kind} ${s.fromAt}–${s.toAt}`)

it('follows a call from greeting to survey, with wrap-up beside it', () => {
  const events = happened(
    ['contact_started', 0],
    ['queue_entered', 10],
    ['offer_made', 20],
    ['offer_ended', 25, { outcome: 'accepted' }],
    ['queue_entry_ended', 25, { outcome: 'answered' }],
    ['segment_started', 25],
    ['segment_held', 40],
    ['segment_resumed', 50],
    ['segment_ended', 60],
    ['wrap_up_started', 60],
    ['survey_sent', 61],
    ['contact_ended', 70],
    ['wrap_up_ended', 90],
  )
  expect(kinds(events)).toEqual([
    'ivr 0–10',
    'wait 10–20',
    'ring 20–25',
    'talk 25–40',
    'hold 40–50',
    'talk 50–60',
    'ivr 60–61',
    'survey 61–70',
  ])
  expect(courseOf(events, 1000)).toMatchObject({ fromAt: 0, toAt: 90, wrapUp: [{ fromAt: 60, toAt: 90 }] })
})

it('waits again after an agent did not answer', () => {
  const events = happened(
    ['contact_started', 0],
    ['queue_entered', 10],
    ['offer_made', 20],
    ['offer_ended', 40, { outcome: 'expired' }],
    ['queue_entry_ended', 55, { outcome: 'abandoned' }],
    ['contact_ended', 55],
  )
  expect(kinds(events)).toEqual(['ivr 0–10', 'wait 10–20', 'ring 20–40', 'wait 40–55'])
})

it('lets a running call grow until now', () => {
  expect(kinds(happened(['contact_started', 0], ['queue_entered', 10]), 30)).toEqual(['ivr 0–10', 'wait 10–30'])
})
