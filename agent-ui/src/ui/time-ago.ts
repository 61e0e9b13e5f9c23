import type { Language } from '@ringdown/core/kernel'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const tag: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' }
const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(tag[language], { hour12: false, ...options })
  formats.set(key, known)
  return known
}

/** To the second, with date: for a hover. */
export const exactTime = (at: number, language: Language): string =>
  format(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(at)

/** `14:05:09` */
export const clockTime = (at: number, language: Language): string =>
  format(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at)

/** `14:05` */
export const shortClock = (at: number, language: Language): string =>
  format(language, { hour: '2-digit', minute: '2-digit' }).format(at)

/** A space between figures and Chinese, as printers set it. */
const spaced = (text: string): string => text.replace(/(\d)(\p{Script=Han})/gu, '$1 $2')

/** Relative under a day, then the date; with the year once it is another. */
export function timeAgo(at: number, now: number, language: Language): string {
  const passed = now - at
  if (Math.abs(passed) < DAY_MS) {
    const relative = new Intl.RelativeTimeFormat(tag[language], { numeric: 'auto', style: 'short' })
    if (Math.abs(passed) < MINUTE_MS) return language === 'zh' ? '刚刚' : 'just now'
    const minutes = Math.round(passed / MINUTE_MS)
    const text =
      Math.abs(minutes) < 60 ? relative.format(-minutes, 'minute') : relative.format(-Math.round(minutes / 60), 'hour')
    return spaced(text)
  }
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return format(language, {
    ...(sameYear ? {} : { year: 'numeric' }),
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at)
}
