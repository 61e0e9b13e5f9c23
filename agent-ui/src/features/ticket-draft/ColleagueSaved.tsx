import type { WrapUpView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import css from './ticket-draft.module.css'

/** Says that the call has its ticket already, where a colleague had the call before. */
export function ColleagueSaved({ ticket }: { ticket: WrapUpView['savedTicket'] }) {
  const { t } = useTranslation()
  if (!ticket) return null
  return (
    <p className={css.saved} role="status" data-testid="colleague-saved">
      {t('desk.wrapUp.colleagueSaved')} <Link to={`/tickets/${ticket.id}`}>{ticket.number}</Link>
    </p>
  )
}
