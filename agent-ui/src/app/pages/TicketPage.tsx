import type { TicketId } from '@ringdown/core/kernel'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { TicketRecord } from '../../features/tickets/index.ts'
import { useTitle } from './use-title.ts'

export default function TicketPage() {
  const { t } = useTranslation()
  const { ticketId } = useParams()
  useTitle(t('records.tickets.title'))
  return <TicketRecord key={ticketId} ticketId={ticketId as TicketId} />
}
