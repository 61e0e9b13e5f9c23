import type { ContactSummary } from '@ringdown/core/contract'
import { expect, it } from 'vitest'
import { dayFigures } from './day-figures.ts'

const contact = (hour: number, changes: Partial<ContactSummary>): ContactSummary =>
  ({
    startedAt: new Date(2026, 10, 22, hour).getTime(),
    outcome: 'answered',
    talkMs: 60_000,
    csat: null,
    ...changes,
  }) as ContactSummary

it('adds up the day', () => {
  const day = dayFigures([contact(9, { csat: 5 }), contact(10, { talkMs: 180_000, csat: 4 })], 12)
  expect(day).toMatchObject({ answered: 2, talkMs: 240_000, averageTalkMs: 120_000, csat: 4.5 })
  expect(day.hours.find((h) => h.hour === 10)?.answered).toBe(1)
})

it('counts no call that nobody answered, and divides by nothing', () => {
  const day = dayFigures([contact(9, { outcome: 'abandoned', talkMs: null })], 9)
  expect(day).toMatchObject({ answered: 0, averageTalkMs: null, csat: null })
})
