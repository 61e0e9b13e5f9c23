import { PlusOutlined } from '@ant-design/icons'
import type { CustomerSummary } from '@ringdown/core/contract'
import { Grade } from '@ringdown/core/customer'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useApi } from '../../api/index.ts'
import { type Column, DataTable, SearchField, TimeAgo, useListQuery } from '../../ui/index.ts'
import { useListView, ViewMenu } from '../saved-views/index.ts'
import { CustomerForm } from './CustomerForm.tsx'

const filterNames = ['search', 'grade']

/** All customers: search, sort, page, open, create. */
export function CustomerList() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const query = useListQuery('name')
  const grade = query.filter('grade')
  const [creating, setCreating] = useState(false)
  const result = useApi(
    'listCustomers',
    {
      query: {
        page: query.page,
        pageSize: query.pageSize,
        sort: query.sort,
        ...(query.search ? { search: query.search } : {}),
        ...(grade ? { grade } : {}),
      },
    },
    { keepPrevious: true },
  )
  const columns: Column<CustomerSummary>[] = [
    {
      key: 'name',
      title: t('records.customers.name'),
      sortable: true,
      cell: (c) => <b>{c.name}</b>,
      text: (c) => c.name,
    },
    {
      key: 'code',
      title: t('records.customers.code'),
      sortable: true,
      width: 130,
      cell: (c) => c.code,
      text: (c) => c.code,
    },
    {
      key: 'grade',
      title: t('records.customers.grade'),
      sortable: true,
      width: 90,
      cell: (c) => c.grade,
      text: (c) => c.grade,
    },
    {
      key: 'people',
      title: t('records.customers.people'),
      sortable: true,
      width: 100,
      align: 'right',
      cell: (c) => c.people,
      text: (c) => String(c.people),
    },
    {
      key: 'openTickets',
      title: t('records.customers.openTickets'),
      sortable: true,
      width: 120,
      align: 'right',
      cell: (c) => c.openTickets || '–',
      text: (c) => String(c.openTickets),
    },
    {
      key: 'lastContactAt',
      title: t('records.customers.lastContact'),
      sortable: true,
      width: 160,
      cell: (c) => (c.lastContactAt === null ? '–' : <TimeAgo at={c.lastContactAt} />),
      text: (c) => (c.lastContactAt === null ? '' : new Date(c.lastContactAt).toISOString()),
    },
  ]
  const keys = columns.map(({ key }) => key)
  const view = useListView('customers', query, keys, filterNames)
  return (
    <>
      <header className="page-head">
        <div className="page-title">
          <h1>{t('records.customers.title')}</h1>
          <ViewMenu view={view} />
        </div>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
          {t('records.customers.create')}
        </Button>
      </header>
      <DataTable
        name="customers"
        columns={columns}
        layout={view.columns}
        query={query}
        result={result}
        rowKey={(c) => c.id}
        pageOf={(c) => `/customers/${c.id}`}
        empty={t('records.customers.none')}
        filters={
          <>
            <SearchField
              value={query.search}
              hint={t('records.customers.searchHint')}
              onSearch={(search) => query.set({ search })}
            />
            <Select
              aria-label={t('records.customers.grade')}
              placeholder={t('records.customers.grade')}
              allowClear
              style={{ width: 110 }}
              value={grade || null}
              options={Grade.options.map((value) => ({ value, label: t('desk.pop.grade', { grade: value }) }))}
              onChange={(value) => query.set({ grade: value })}
            />
          </>
        }
      />
      {creating && <CustomerForm onClose={() => setCreating(false)} onSaved={(c) => navigate(`/customers/${c.id}`)} />}
    </>
  )
}
