import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useApi } from '../../api/index.ts'
import { Empty, Lines, LoadFailed, Panel } from '../../ui/index.ts'
import { ContactLines } from '../contacts/index.ts'
import { useMe } from '../session/index.ts'
import { TicketLines } from '../tickets/index.ts'

/** The agent's last contacts. */
export function MyRecent() {
  const { t } = useTranslation()
  const me = useMe()
  const recent = useApi('listContacts', { query: { agentId: me.id, pageSize: 10 } })
  return (
    <Panel title={t('desk.idle.recent')} flush extra={<Link to="/contacts">{t('frame.say.all')}</Link>}>
      {recent.isError ? (
        <LoadFailed error={recent.error} retry={() => void recent.refetch()} />
      ) : !recent.data ? (
        <Lines count={8} />
      ) : recent.data.items.length === 0 ? (
        <Empty>{t('desk.idle.recentNone')}</Empty>
      ) : (
        <ContactLines contacts={recent.data.items} withCustomer />
      )}
    </Panel>
  )
}

/** Tickets that wait for the agent, the most urgent first. */
export function MyTickets() {
  const { t } = useTranslation()
  const me = useMe()
  const mine = useApi('listTickets', {
    query: { assigneeId: me.id, state: 'open,pending', sort: 'dueAt', pageSize: 12 },
  })
  return (
    <Panel title={`${t('desk.idle.myTickets')} ${mine.data?.total ?? ''}`} flush>
      {mine.isError ? (
        <LoadFailed error={mine.error} retry={() => void mine.refetch()} />
      ) : !mine.data ? (
        <Lines count={8} />
      ) : mine.data.items.length === 0 ? (
        <Empty>{t('desk.idle.myTicketsNone')}</Empty>
      ) : (
        <TicketLines tickets={mine.data.items} />
      )}
    </Panel>
  )
}
