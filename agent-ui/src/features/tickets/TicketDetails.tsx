import type { TicketView } from '@ringdown/core/contract'
import { TicketCategory, TicketPriority } from '@ringdown/core/ticket'
import { Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Field, Panel, TimeAgo } from '../../ui/index.ts'
import { useCatalogue, useWords } from '../catalogue/index.ts'
import { CustomerSelect } from './CustomerSelect.tsx'
import type { TicketChanges } from './TicketRecord.tsx'
import css from './tickets.module.css'

/** Fields of a ticket; each saves as it is chosen. */
export function TicketDetails({
  ticket,
  onChange,
}: {
  ticket: TicketView
  onChange: (changes: TicketChanges) => void
}) {
  const { t } = useTranslation()
  const { word } = useWords()
  const { agents } = useCatalogue()
  const { customer } = ticket
  return (
    <Panel
      title={t('records.tickets.details')}
      extra={customer && <Link to={`/customers/${customer.id}`}>{t('desk.pop.openCustomer')}</Link>}
    >
      <div className={css.form}>
        <Field label={t('records.tickets.customer')}>
          <CustomerSelect
            value={ticket.customerId}
            name={customer?.name}
            onChange={(customerId) => onChange({ customerId })}
          />
        </Field>
        <Field label={t('records.tickets.assignee')}>
          <Select
            allowClear
            placeholder={t('records.tickets.notAssigned')}
            value={ticket.assigneeId}
            options={agents.map((a) => ({ value: a.id, label: a.name }))}
            onChange={(assigneeId) => onChange({ assigneeId: assigneeId ?? null })}
          />
        </Field>
        <Field label={t('records.tickets.priority')}>
          <Select
            value={ticket.priority}
            options={TicketPriority.options.map((value) => ({ value, label: word('priority', value) }))}
            onChange={(priority) => onChange({ priority })}
          />
        </Field>
        <Field label={t('records.tickets.category')}>
          <Select
            value={ticket.category}
            options={TicketCategory.options.map((value) => ({ value, label: word('category', value) }))}
            onChange={(category) => onChange({ category })}
          />
        </Field>
        <Field label={t('records.tickets.due')}>
          <input
            type="date"
            value={ticket.dueAt === null ? '' : dayjs(ticket.dueAt).format('YYYY-MM-DD')}
            onChange={(e) => onChange({ dueAt: e.target.value ? dayjs(e.target.value).endOf('day').valueOf() : null })}
          />
        </Field>
        <dl className={css.facts}>
          <dt>{t('records.tickets.channel')}</dt>
          <dd>{t(`records.tickets.channels.${ticket.channel}`)}</dd>
          <dt>{t('records.tickets.createdAt')}</dt>
          <dd>
            <TimeAgo at={ticket.createdAt} />
          </dd>
          <dt>{t('records.tickets.updatedAt')}</dt>
          <dd>
            <TimeAgo at={ticket.updatedAt} />
          </dd>
        </dl>
      </div>
    </Panel>
  )
}
