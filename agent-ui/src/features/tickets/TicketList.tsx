import { PlusOutlined } from '@ant-design/icons'
import type { TicketSummary } from '@ringdown/core/contract'
import type { CustomerId } from '@ringdown/core/kernel'
import { TicketPriority, TicketState } from '@ringdown/core/ticket'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'
import { type Column, DataTable, SearchField, TimeAgo, useListQuery } from '../../ui/index.ts'
import { useCatalogue, useWords } from '../catalogue/index.ts'
import { useListView, ViewMenu } from '../saved-views/index.ts'
import { useMe } from '../session/index.ts'
import { DueTime } from './DueTime.tsx'
import { NewTicket } from './NewTicket.tsx'
import { PriorityWord, StateWord } from './StateWord.tsx'

const filterNames = ['search', 'state', 'assigneeId', 'priority']

/** All tickets: search, filter, sort, open, create. */
export function TicketList() {
  const { t } = useTranslation()
  const { word } = useWords()
  const { agents } = useCatalogue()
  const me = useMe()
  const query = useListQuery('-updatedAt')
  const creating = query.filter('new')
  const asked = filterNames.map((name) => [name, query.filter(name)] as const).filter(([, value]) => value)
  const result = useApi(
    'listTickets',
    { query: { page: query.page, pageSize: query.pageSize, sort: query.sort, ...Object.fromEntries(asked) } },
    { keepPrevious: true },
  )
  const columns: Column<TicketSummary>[] = [
    {
      key: 'number',
      title: t('records.tickets.number'),
      sortable: true,
      width: 105,
      cell: (x) => <b style={{ color: 'var(--c-accent)' }}>{x.number}</b>,
      text: (x) => x.number,
    },
    {
      key: 'subject',
      title: t('records.tickets.subject'),
      sortable: true,
      width: 300,
      cell: (x) => x.subject,
      text: (x) => x.subject,
    },
    {
      key: 'state',
      title: t('records.tickets.state'),
      sortable: true,
      width: 100,
      cell: (x) => <StateWord state={x.state} />,
      text: (x) => word('ticketState', x.state),
    },
    {
      key: 'priority',
      title: t('records.tickets.priority'),
      sortable: true,
      width: 90,
      cell: (x) => <PriorityWord priority={x.priority} />,
      text: (x) => word('priority', x.priority),
    },
    {
      key: 'category',
      title: t('records.tickets.category'),
      sortable: true,
      width: 95,
      cell: (x) => word('category', x.category),
      text: (x) => word('category', x.category),
    },
    {
      key: 'customer',
      title: t('records.tickets.customer'),
      sortable: true,
      width: 170,
      cell: (x) => x.customer?.name ?? '–',
      text: (x) => x.customer?.name ?? '',
    },
    {
      key: 'assignee',
      title: t('records.tickets.assignee'),
      sortable: true,
      width: 100,
      cell: (x) => x.assignee?.name ?? '–',
      text: (x) => x.assignee?.name ?? '',
    },
    {
      key: 'dueAt',
      title: t('records.tickets.due'),
      sortable: true,
      width: 140,
      cell: (x) => <DueTime ticket={x} />,
      text: (x) => (x.dueAt === null ? '' : new Date(x.dueAt).toISOString()),
    },
    {
      key: 'updatedAt',
      title: t('records.tickets.updatedAt'),
      sortable: true,
      width: 120,
      cell: (x) => <TimeAgo at={x.updatedAt} />,
      text: (x) => new Date(x.updatedAt).toISOString(),
    },
  ]
  const keys = columns.map(({ key }) => key)
  const view = useListView('tickets', query, keys, filterNames)
  const choice = (name: string, label: string, options: { value: string; label: string }[], width = 120) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      style={{ width }}
      value={query.filter(name) || null}
      options={options}
      onChange={(value: string | undefined) => query.set({ [name]: value })}
    />
  )
  return (
    <>
      <header className="page-head">
        <div className="page-title">
          <h1>{t('records.tickets.title')}</h1>
          <ViewMenu view={view} />
        </div>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => query.set({ new: 'yes' })}>
          {t('records.tickets.create')}
        </Button>
      </header>
      <DataTable
        name="tickets"
        columns={columns}
        layout={view.columns}
        query={query}
        result={result}
        rowKey={(x) => x.id}
        pageOf={(x) => `/tickets/${x.id}`}
        empty={t('records.tickets.none')}
        filters={
          <>
            <SearchField
              value={query.search}
              hint={t('records.tickets.searchHint')}
              onSearch={(search) => query.set({ search })}
            />
            {choice('state', t('records.tickets.state'), [
              { value: 'open,pending', label: t('records.tickets.open') },
              ...TicketState.options.map((value) => ({ value, label: word('ticketState', value) })),
            ])}
            {choice(
              'priority',
              t('records.tickets.priority'),
              TicketPriority.options.map((value) => ({ value, label: word('priority', value) })),
              100,
            )}
            {choice('assigneeId', t('records.tickets.assignee'), [
              { value: me.id, label: t('records.tickets.mine') },
              { value: 'none', label: t('records.tickets.notAssigned') },
              ...agents.filter((a) => a.id !== me.id).map((a) => ({ value: a.id, label: a.name })),
            ])}
            {asked.length > 0 && (
              <Button
                type="link"
                onClick={() => query.set(Object.fromEntries(filterNames.map((name) => [name, null])))}
              >
                {t('lists.clear')}
              </Button>
            )}
          </>
        }
      />
      {creating && (
        <NewTicket
          customerId={creating === 'yes' ? null : (creating as CustomerId)}
          onClose={() => query.set({ new: null, page: query.page })}
        />
      )}
    </>
  )
}
