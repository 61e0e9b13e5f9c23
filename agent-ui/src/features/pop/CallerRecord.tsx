import type { PopView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { Empty, Panel } from '../../ui/index.ts'
import { ContactLines } from '../contacts/index.ts'
import { TicketLines } from '../tickets/index.ts'
import { CustomerFacts } from './CustomerFacts.tsx'
import { CustomerPicker } from './CustomerPicker.tsx'
import { NewCustomerForm } from './NewCustomerForm.tsx'

/** Left column of pop and call page: who it is, or how to say who it is. */
export function CustomerColumn({ pop }: { pop: PopView }) {
  if (pop.customer) return <CustomerFacts pop={pop} />
  if (pop.match.kind === 'many') return <CustomerPicker pop={pop} candidates={pop.match.candidates} />
  return <NewCustomerForm pop={pop} />
}

export function TimelinePanel({ pop }: { pop: PopView }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('desk.pop.timeline')} flush>
      {pop.recentContacts.length > 0 ? (
        <ContactLines contacts={pop.recentContacts} />
      ) : (
        <Empty>{t('desk.pop.timelineNone')}</Empty>
      )}
    </Panel>
  )
}

export function OpenTicketsPanel({ pop }: { pop: PopView }) {
  const { t } = useTranslation()
  return (
    <Panel title={`${t('desk.pop.openTickets')} ${pop.openTickets.length || ''}`} flush>
      {pop.openTickets.length > 0 ? (
        <TicketLines tickets={pop.openTickets} />
      ) : (
        <Empty>{t('desk.pop.openTicketsNone')}</Empty>
      )}
    </Panel>
  )
}
