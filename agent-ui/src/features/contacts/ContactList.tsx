import { QueueOutcome } from '@ringdown/core/contact'
import type { ContactSummary } from '@ringdown/core/contract'
import { Button, DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'
import {
  type Column,
  DataTable,
  formatDuration,
  formatPhone,
  PhoneNumber,
  SearchField,
  TimeAgo,
  useListQuery,
} from '../../ui/index.ts'
import { useCatalogue, useWords } from '../catalogue/index.ts'
import { useListView, ViewMenu } from '../saved-views/index.ts'
import { OutcomeWord } from './OutcomeWord.tsx'
import { Stars } from './Stars.tsx'

const filterNames = ['search', 'queueId', 'agentId', 'outcome', 'from', 'to']
const duration = (ms: number | null) => (ms === null ? '–' : formatDuration(ms))

/** All contacts one may see, newest first. */
export function ContactList() {
  const { t } = useTranslation()
  const { local, word, disposition } = useWords()
  const { queues, agents } = useCatalogue()
  const query = useListQuery('-startedAt')
  const [from, to] = ['from', 'to'].map(query.filter)
  const asked = filterNames.map((name) => [name, query.filter(name)] as const).filter(([, value]) => value)
  const result = useApi(
    'listContacts',
    { query: { page: query.page, pageSize: query.pageSize, sort: query.sort, ...Object.fromEntries(asked) } },
    { keepPrevious: true },
  )
  const columns: Column<ContactSummary>[] = [
    {
      key: 'startedAt',
      title: t('records.contacts.startedAt'),
      sortable: true,
      width: 130,
      cell: (c) => <TimeAgo at={c.startedAt} />,
      text: (c) => new Date(c.startedAt).toISOString(),
    },
    {
      key: 'customer',
      title: t('records.contacts.customer'),
      sortable: true,
      cell: (c) => (
        <>
          <b>{c.customer?.name ?? c.personName ?? t('desk.pop.unknownCaller')}</b>{' '}
          {c.customer && <span style={{ color: 'var(--c-ink-3)' }}>{c.personName}</span>}
        </>
      ),
      text: (c) => c.customer?.name ?? c.personName ?? '',
    },
    {
      key: 'number',
      title: t('records.contacts.number'),
      sortable: true,
      width: 150,
      cell: (c) => <PhoneNumber value={c.number} />,
      text: (c) => formatPhone(c.number),
    },
    {
      key: 'queue',
      title: t('records.contacts.queue'),
      width: 110,
      cell: (c) => (c.queue ? local(c.queue) : '–'),
      text: (c) => (c.queue ? local(c.queue) : ''),
    },
    {
      key: 'agent',
      title: t('records.contacts.agent'),
      sortable: true,
      width: 100,
      cell: (c) => c.agent?.name ?? '–',
      text: (c) => c.agent?.name ?? '',
    },
    {
      key: 'outcome',
      title: t('records.contacts.outcome'),
      sortable: true,
      width: 110,
      cell: (c) => <OutcomeWord outcome={c.outcome} />,
      text: (c) => (c.outcome ? word('outcome', c.outcome) : ''),
    },
    {
      key: 'waitedMs',
      title: t('records.contacts.waited'),
      sortable: true,
      width: 80,
      align: 'right',
      cell: (c) => duration(c.waitedMs),
      text: (c) => duration(c.waitedMs),
    },
    {
      key: 'talkMs',
      title: t('records.contacts.talk'),
      sortable: true,
      width: 80,
      align: 'right',
      cell: (c) => duration(c.talkMs),
      text: (c) => duration(c.talkMs),
    },
    {
      key: 'disposition',
      title: t('records.contacts.disposition'),
      width: 110,
      cell: (c) => disposition(c.disposition) || '–',
      text: (c) => disposition(c.disposition),
    },
    {
      key: 'csat',
      title: t('records.contacts.csat'),
      width: 80,
      cell: (c) => (c.csat === null ? '–' : <Stars score={c.csat} />),
      text: (c) => String(c.csat ?? ''),
    },
    {
      key: 'ticket',
      title: t('records.contacts.ticket'),
      width: 95,
      cell: (c) => c.ticketNumber ?? '–',
      text: (c) => c.ticketNumber ?? '',
    },
  ]
  const keys = columns.map(({ key }) => key)
  const view = useListView('contacts', query, keys, filterNames)
  const choice = (name: string, label: string, options: { value: string; label: string }[]) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      style={{ width: 120 }}
      value={query.filter(name) || null}
      options={options}
      onChange={(value: string | undefined) => query.set({ [name]: value })}
    />
  )
  return (
    <>
      <header className="page-head">
        <div className="page-title">
          <h1>{t('records.contacts.title')}</h1>
          <ViewMenu view={view} />
        </div>
      </header>
      <DataTable
        name="contacts"
        columns={columns}
        layout={view.columns}
        query={query}
        result={result}
        rowKey={(c) => c.id}
        pageOf={(c) => `/contacts/${c.id}`}
        empty={t('records.contacts.none')}
        filters={
          <>
            <SearchField
              value={query.search}
              hint={t('records.contacts.searchHint')}
              onSearch={(search) => query.set({ search })}
            />
            {choice(
              'queueId',
              t('records.contacts.queue'),
              queues.map((q) => ({ value: q.id, label: local(q.name) })),
            )}
            {choice(
              'agentId',
              t('records.contacts.agent'),
              agents.map((a) => ({ value: a.id, label: a.name })),
            )}
            {choice(
              'outcome',
              t('records.contacts.outcome'),
              QueueOutcome.options.map((value) => ({ value, label: word('outcome', value) })),
            )}
            <DatePicker.RangePicker
              style={{ width: 240 }}
              value={[from ? dayjs(Number(from)) : null, to ? dayjs(Number(to)) : null]}
              onChange={(range) =>
                query.set({ from: range?.[0]?.startOf('day').valueOf(), to: range?.[1]?.endOf('day').valueOf() })
              }
            />
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
    </>
  )
}
