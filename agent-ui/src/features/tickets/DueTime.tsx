import type { TicketSummary } from '@ringdown/core/contract'
import type { Language } from '@ringdown/core/kernel'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../i18n/index.ts'
import { useNow } from '../../ui/index.ts'
import css from './ticket-lines.module.css'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const units: Record<Language, [days: string, hours: string, minutes: string]> = {
  zh: [' 天', ' 小时', ' 分'],
  en: ['d', 'h', 'min'],
}

/** `2 天 4 小时`, `3h 20min`, `12 分`. */
export function spanOf(ms: number, language: Language): string {
  const [d, h, m] = units[language]
  const days = Math.floor(ms / DAY_MS)
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS)
  const minutes = Math.floor((ms % HOUR_MS) / 60_000)
  if (days > 0) return `${days}${d} ${hours}${h}`
  return hours > 0 ? `${hours}${h} ${minutes}${m}` : `${minutes}${m}`
}

/** Time left until the ticket is due, red once it is over; nothing for tickets that are done. */
export function DueTime({ ticket }: { ticket: Pick<TicketSummary, 'dueAt' | 'state'> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow()
  if (ticket.dueAt === null || ticket.state === 'solved' || ticket.state === 'closed') return null
  const left = ticket.dueAt - now
  return (
    <span className={css.due} data-over={left < 0 || undefined} data-soon={(left >= 0 && left < HOUR_MS) || undefined}>
      {left < 0
        ? t('desk.pop.overdue', { time: spanOf(-left, language) })
        : t('desk.pop.due', { time: spanOf(left, language) })}
    </span>
  )
}
