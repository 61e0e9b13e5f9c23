import type { Random } from '../random.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
/** Shanghai, all year. */
const offsetMs = 8 * hourMs

/** Busy Mondays, quiet weekends. */
const byWeekday = [0.25, 1.3, 1.1, 1, 1, 1.05, 0.4]
/** From 8 to 18 o'clock: a peak before and one after lunch. */
const byHour = [0.4, 1.1, 1.5, 1.2, 0.5, 0.8, 1.3, 1.4, 1.1, 0.6]
const firstHour = 8

/** Midnight in Shanghai of the day that contains the instant. */
export const dayStartOf = (at: number): number => at - ((at + offsetMs) % dayMs)
const weekdayOf = (dayStart: number): number => new Date(dayStart + offsetMs).getUTCDay()

/** Calls that begin later might not be over by now: none do. */
const overMs = 30 * 60_000
/** Whenever the demo is planted, at night too, the last hours were busy: the board has figures to show. */
const lately = { count: 45, ms: 3 * hourMs }

/**
 * When calls began, in order: `count` instants of the last `days` days, some of them in the last hours before now. Whatever
 * would not be over by now happened a week earlier, so that the number is always the same.
 */
export function callTimes(
  random: Random,
  { count, days, now }: { count: number; days: number; now: number },
): number[] {
  const today = dayStartOf(now)
  const daysWithWeight = Array.from({ length: days }, (_, back) => {
    const dayStart = today - back * dayMs
    return [dayStart, byWeekday[weekdayOf(dayStart)] ?? 1] as const
  })
  const hours = byHour.map((weight, i) => [firstHour + i, weight] as const)
  const over = now - overMs
  const past = Array.from({ length: count - lately.count }, () => {
    const at = random.weighted(daysWithWeight) + random.weighted(hours) * hourMs + random.int(0, hourMs - 1)
    return at > over ? at - 7 * dayMs : at
  })
  const recent = Array.from({ length: lately.count }, () => over - random.int(0, lately.ms))
  return [...past, ...recent].sort((a, b) => a - b)
}
