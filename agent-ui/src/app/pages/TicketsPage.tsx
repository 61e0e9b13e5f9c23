import { useTranslation } from 'react-i18next'
import { TicketList } from '../../features/tickets/index.ts'
import { useTitle } from './use-title.ts'

export default function TicketsPage() {
  const { t } = useTranslation()
  useTitle(t('records.tickets.title'))
  return <TicketList />
}
