export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** An instant as people of a time zone read it: `2026-10-01`, `thu`, `09:30`. */
export function localMoment(at: number, timeZone: string): { day: string; weekday: Weekday; time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return {
    day: `${part.year}-${part.month}-${part.day}`,
    weekday: WEEKDAYS.find((name) => name === part.weekday?.toLowerCase()) ?? 'mon',
    time: `${part.hour}:${part.minute}`,
  }
}
