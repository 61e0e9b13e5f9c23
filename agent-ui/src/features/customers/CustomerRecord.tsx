import { EditOutlined } from '@ant-design/icons'
import type { CustomerView } from '@ringdown/core/contract'
import type { CustomerId } from '@ringdown/core/kernel'
import { Button } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useApi } from '../../api/index.ts'
import { Empty, Lines, LoadFailed, Panel } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { ContactLines } from '../contacts/index.ts'
import { TicketLines } from '../tickets/index.ts'
import { CustomerForm } from './CustomerForm.tsx'
import css from './customers.module.css'
import { People } from './People.tsx'

/** A customer: who they are, what happened, what is open. */
export function CustomerRecord({ customerId }: { customerId: CustomerId }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const customer = useApi('readCustomer', { params: { customerId } })
  const page = { params: { customerId }, query: { pageSize: 30 } }
  const contacts = useApi('listCustomerContacts', page)
  const tickets = useApi('listCustomerTickets', page)
  if (customer.isError) return <LoadFailed error={customer.error} retry={() => void customer.refetch()} />
  if (!customer.data) return <Lines count={10} />
  const { data } = customer
  return (
    <>
      <header className="page-head">
        <h1>
          {data.name} <span className={css.code}>{data.code}</span>
          <em className={css.grade} data-grade={data.grade}>
            {t('desk.pop.grade', { grade: data.grade })}
          </em>
        </h1>
        <Button onClick={() => navigate(`/tickets?new=${data.id}`)}>{t('records.customers.newTicket')}</Button>
        <Button type="primary" icon={<EditOutlined />} onClick={() => setEditing(true)}>
          {t('frame.say.edit')}
        </Button>
      </header>
      <div className={css.columns}>
        <div>
          <Facts customer={data} />
          <People customer={data} />
        </div>
        <Panel title={`${t('records.customers.timeline')} ${contacts.data?.total ?? ''}`} flush>
          {!contacts.data ? (
            <Lines count={8} />
          ) : contacts.data.items.length === 0 ? (
            <Empty>{t('records.customers.noTimeline')}</Empty>
          ) : (
            <ContactLines contacts={contacts.data.items} />
          )}
        </Panel>
        <Panel title={`${t('records.customers.tickets')} ${tickets.data?.total ?? ''}`} flush>
          {!tickets.data ? (
            <Lines count={5} />
          ) : tickets.data.items.length === 0 ? (
            <Empty>{t('records.customers.noTickets')}</Empty>
          ) : (
            <TicketLines tickets={tickets.data.items} />
          )}
        </Panel>
      </div>
      {editing && <CustomerForm customer={data} onClose={() => setEditing(false)} />}
    </>
  )
}

const dateOf = (at: number): string => dayjs(at).format('YYYY-MM-DD')

function Facts({ customer }: { customer: CustomerView }) {
  const { t } = useTranslation()
  const { word } = useWords()
  const facts = [
    [t('records.customers.preferences'), customer.preferences],
    [t('records.customers.notes'), customer.notes],
    [t('records.customers.industry'), customer.industry],
    [t('records.customers.address'), customer.address],
    [t('records.customers.language'), word('language', customer.language)],
    [t('records.customers.tags'), customer.tags.join(' · ')],
  ] as const
  return (
    <Panel
      title={t('desk.pop.overview')}
      extra={<small className={css.quiet}>{t('records.customers.since', { date: dateOf(customer.createdAt) })}</small>}
    >
      <dl className={css.facts}>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Panel>
  )
}
