/** Midnight of the business day that an instant belongs to, in a time zone (IANA name). */
export function startOfDay(at: number, timeZone: string): number {
  const midnight = at - sinceMidnight(at, timeZone)
  // where the clock was changed during the day, the first guess is off by that change
  const off = sinceMidnight(midnight, timeZone)
  return off === 0 ? midnight : midnight - (off > DAY_MS / 2 ? off - DAY_MS : off)
}

const DAY_MS = 86_400_000

function sinceMidnight(at: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return ((of('hour') * 60 + of('minute')) * 60 + of('second')) * 1000 + (at % 1000)
}

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const options = { timeZone, hourCycle: 'h23', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
  const format = new Intl.DateTimeFormat('en', options)
  formats.set(timeZone, format)
  return format
}
