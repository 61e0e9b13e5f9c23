import { useLanguage } from '../i18n/index.ts'
import { exactTime, timeAgo } from './time-ago.ts'
import { useNow } from './use-now.ts'

/** An instant, relative under a day; the exact time on hover. */
export function TimeAgo({ at }: { at: number }) {
  const language = useLanguage()
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at, language)}>
      {timeAgo(at, now, language)}
    </time>
  )
}
