import { ExportOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, Table } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { csvOf, download } from './csv.ts'
import css from './data-table.module.css'
import { type ListQuery, orderOf } from './list-query.ts'
import { Empty, LoadFailed } from './states.tsx'

export type Column<T> = {
  key: string
  title: string
  cell: (row: T) => ReactNode
  /** For the export; nothing: the column is left out of it. */
  text?: (row: T) => string
  sortable?: boolean
  width?: number
  align?: 'right'
}

type Props<T> = {
  name: string
  columns: readonly Column<T>[]
  query: ListQuery
  result: {
    data: { items: T[]; total: number } | undefined
    isFetching: boolean
    isError: boolean
    error: unknown
    refetch: () => unknown
  }
  rowKey: (row: T) => string
  onOpen: (row: T) => void
  empty: string
  filters?: ReactNode
}

/** A list as the server sorts and pages it; rows open by click or Enter, what is seen can be exported. */
export function DataTable<T extends object>({
  name,
  columns,
  query,
  result,
  rowKey,
  onOpen,
  empty,
  filters,
}: Props<T>) {
  const { t } = useTranslation()
  const shown = columns.filter((c) => !query.hidden.includes(c.key))
  const total = result.data?.total ?? 0
  if (result.isError) return <LoadFailed error={result.error} retry={() => void result.refetch()} />

  const exportSeen = () => {
    const written = shown.flatMap((c) => (c.text ? [{ title: c.title, text: c.text }] : []))
    const rows = (result.data?.items ?? []).map((row) => written.map((c) => c.text(row)))
    download(`${name}.csv`, csvOf([written.map((c) => c.title), ...rows]))
  }
  return (
    <section className={css.list}>
      <div className={css.tools}>
        {filters}
        <span className={css.total}>{result.data && t('records.list.total', { count: total })}</span>
        <Popover
          trigger="click"
          placement="bottomRight"
          content={
            <div className={css.columns}>
              {columns.map((c) => (
                <Checkbox
                  key={c.key}
                  checked={!query.hidden.includes(c.key)}
                  onChange={(e) => {
                    const hidden = query.hidden.filter((key) => key !== c.key)
                    query.set({ hide: (e.target.checked ? hidden : [...hidden, c.key]).join(','), page: query.page })
                  }}
                >
                  {c.title}
                </Checkbox>
              ))}
            </div>
          }
        >
          <Button icon={<SettingOutlined />} aria-label={t('records.list.columns')} title={t('records.list.columns')} />
        </Popover>
        <Button
          icon={<ExportOutlined />}
          aria-label={t('records.list.export')}
          title={t('records.list.export')}
          onClick={exportSeen}
        />
      </div>
      <Table<T>
        size="small"
        rowKey={rowKey}
        loading={result.isFetching && !result.data}
        dataSource={result.data?.items ?? []}
        locale={{ emptyText: result.data ? <Empty>{empty}</Empty> : ' ' }}
        scroll={{ x: shown.reduce((sum, c) => sum + (c.width ?? 180), 0) }}
        sticky
        showSorterTooltip={false}
        columns={shown.map((c, i) => ({
          key: c.key,
          title: c.title,
          render: (_, row) => c.cell(row),
          ellipsis: true,
          ...(c.width ? { width: c.width } : {}),
          ...(c.align ? { align: c.align } : {}),
          ...(c.sortable ? { sorter: { multiple: i + 1 }, sortOrder: orderOf(query.sort, c.key) } : {}),
        }))}
        pagination={{
          current: query.page,
          pageSize: query.pageSize,
          total,
          showSizeChanger: true,
          pageSizeOptions: [20, 50, 100],
          hideOnSinglePage: total <= 20,
        }}
        onRow={(row) => ({
          tabIndex: 0,
          className: css.row as string,
          onClick: () => onOpen(row),
          onKeyDown: (e) => {
            if (e.key === 'Enter') onOpen(row)
          },
        })}
        onChange={(pagination, _, sorter, { action }) => {
          if (action === 'paginate') query.set({ page: pagination.current ?? 1, pageSize: pagination.pageSize })
          if (action !== 'sort') return
          const sorters = [sorter].flat().filter((s) => s.order)
          query.set({ sort: sorters.map((s) => `${s.order === 'descend' ? '-' : ''}${String(s.columnKey)}`).join(',') })
        }}
      />
    </section>
  )
}
