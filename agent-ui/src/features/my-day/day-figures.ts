import type { ContactSummary } from '@ringdown/core/contract'

export type DayFigures = {
  answered: number
  talkMs: number
  averageTalkMs: number | null
  csat: number | null
  /** Answered by hour of the day, from the first to the last hour with a call (at least 8 hours). */
  hours: { hour: number; answered: number }[]
}

/** One agent's day from his contacts of today. */
export function dayFigures(contacts: readonly ContactSummary[], nowHour: number): DayFigures {
  const answered = contacts.filter((c) => c.outcome === 'answered' || c.talkMs !== null)
  const talkMs = answered.reduce((sum, c) => sum + (c.talkMs ?? 0), 0)
  const scores = answered.flatMap((c) => (c.csat === null ? [] : [c.csat]))
  const hourOf = (c: ContactSummary) => new Date(c.startedAt).getHours()
  const first = Math.min(...answered.map(hourOf), Math.max(0, nowHour - 7))
  const last = Math.max(nowHour, ...answered.map(hourOf))
  const hours = Array.from({ length: last - first + 1 }, (_, i) => ({
    hour: first + i,
    answered: answered.filter((c) => hourOf(c) === first + i).length,
  }))
  return {
    answered: answered.length,
    talkMs,
    averageTalkMs: answered.length === 0 ? null : talkMs / answered.length,
    csat: scores.length === 0 ? null : scores.reduce((a, b) => a + b, 0) / scores.length,
    hours,
  }
}
