import { AudioOutlined, PhoneOutlined } from '@ant-design/icons'
import type { ContactSummary } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatDuration, TimeAgo } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import css from './contact-lines.module.css'
import { Stars } from './Stars.tsx'

/** A short timeline of contacts: when, what came of it, who, how satisfied. */
export function ContactLines({
  contacts,
  withCustomer = false,
}: {
  contacts: readonly ContactSummary[]
  withCustomer?: boolean
}) {
  const { t } = useTranslation()
  const { local, word, disposition } = useWords()
  const resultOf = ({ disposition: key, outcome, endedAt }: ContactSummary): string => {
    if (key) return disposition(key)
    return outcome || endedAt !== null ? word('outcome', outcome ?? 'ivr_only') : ''
  }
  return (
    <ul className={css.lines}>
      {contacts.map((c) => (
        <li key={c.id}>
          <Link to={`/contacts/${c.id}`}>
            <span className={css.icon} data-missed={(c.outcome !== null && c.outcome !== 'answered') || undefined}>
              <PhoneOutlined />
            </span>
            <span className={css.when}>
              <TimeAgo at={c.startedAt} />
            </span>
            <span className={css.what}>
              {withCustomer && <b>{c.customer?.name ?? c.personName ?? t('desk.pop.unknownCaller')}</b>}
              {resultOf(c)}
              {c.queue && <small>{local(c.queue)}</small>}
            </span>
            <span className={css.meta}>
              {c.agent && !withCustomer && <span className={css.agent}>{c.agent.name}</span>}
              {c.ticketNumber && <span className={css.ticket}>{c.ticketNumber}</span>}
              {c.recordingId && <AudioOutlined aria-label={t('desk.call.recording')} />}
              {c.csat !== null && <Stars score={c.csat} />}
              <span className={css.length}>{c.talkMs === null ? '–' : formatDuration(c.talkMs)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
