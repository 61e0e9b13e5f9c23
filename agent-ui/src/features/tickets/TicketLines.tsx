import type { TicketSummary } from '@ringdown/core/contract'
import { Link } from 'react-router'
import { useWords } from '../catalogue/index.ts'
import { DueTime } from './DueTime.tsx'
import css from './ticket-lines.module.css'

/** Tickets in short: number, subject, state, what is left of the time. */
export function TicketLines({ tickets }: { tickets: readonly TicketSummary[] }) {
  const { word } = useWords()
  return (
    <ul className={css.lines}>
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <Link to={`/tickets/${ticket.id}`}>
            <span className={css.head}>
              <b>{ticket.number}</b>
              <span>{word('ticketState', ticket.state)}</span>
              {(ticket.priority === 'urgent' || ticket.priority === 'high') && (
                <em data-priority={ticket.priority}>{word('priority', ticket.priority)}</em>
              )}
              <DueTime ticket={ticket} />
            </span>
            <span className={css.subject}>{ticket.subject}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
