import { ExportOutlined } from '@ant-design/icons'
import { Button, Table } from 'antd'
import { type MouseEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Empty, LoadFailed } from '../states.tsx'
import { useNumber } from '../use-number.ts'
import { ColumnMenu } from './ColumnMenu.tsx'
import { csvOf, download } from './csv.ts'
import css from './data-table.module.css'
import { HeaderCell, HeaderDragContext } from './HeaderCell.tsx'
import type { ListQuery } from './list-query.ts'
import { SkeletonRows } from './SkeletonRows.tsx'
import { SortButton } from './SortButton.tsx'
import { directionOf } from './sort-order.ts'
import type { Columns } from './use-column-layout.ts'
import { useDensity } from './use-density.ts'
import { useHeaderDrag } from './use-header-drag.ts'
import { useRowKeys } from './use-row-keys.ts'

export type Column<T> = {
  key: string
  title: string
  cell: (row: T) => ReactNode
  /** For the export; nothing: the column is left out of it. */
  text?: (row: T) => string
  sortable?: boolean
  /** None: it takes what the others leave. */
  width?: number
  align?: 'right'
}

type Props<T> = {
  name: string
  columns: readonly Column<T>[]
  /** How the columns lie; made by `useColumnLayout`. */
  layout: Columns
  query: ListQuery
  result: {
    data: { items: T[]; total: number } | undefined
    isFetching: boolean
    isError: boolean
    error: unknown
    refetch: () => unknown
  }
  rowKey: (row: T) => string
  /** The page a row opens. */
  pageOf: (row: T) => string
  empty: string
  filters?: ReactNode
}

/** What a column without a width gets at least. */
const LEAST = 180

/** A list as the server sorts and pages it; rows open by click or Enter, what is seen can be exported. */
export function DataTable<T extends object>(props: Props<T>) {
  const { name, columns, layout, query, result, rowKey, pageOf, empty, filters } = props
  const { t } = useTranslation()
  const number = useNumber()
  const navigate = useNavigate()
  const box = useRef<HTMLElement>(null)
  const [density, setDensity] = useDensity()
  const { drag, mark } = useHeaderDrag(box, layout)
  const items = result.data?.items ?? []
  const rowProps = useRowKeys(items.length)
  const total = result.data?.total ?? 0
  const byKey = new Map(columns.map((column) => [column.key, column]))
  const shown = layout.layout.flatMap(({ key, width, shown }) => {
    const column = byKey.get(key)
    return column && shown ? [{ ...column, width: width ?? column.width }] : []
  })
  if (result.isError) return <LoadFailed error={result.error} retry={() => void result.refetch()} />

  const open = (row: T, event?: MouseEvent) => {
    const elsewhere = event && (event.ctrlKey || event.metaKey || event.button === 1)
    if (elsewhere) window.open(pageOf(row), '_blank', 'noopener')
    else navigate(pageOf(row))
  }
  const exportSeen = () => {
    const written = shown.flatMap((c) => (c.text ? [{ title: c.title, text: c.text }] : []))
    download(
      `${name}.csv`,
      csvOf([written.map((c) => c.title), ...items.map((row) => written.map((c) => c.text(row)))]),
    )
  }
  return (
    <section className={css.list} ref={box} data-density={density}>
      <div className={css.tools}>
        {filters}
        <span className={css.total} role="status">
          {result.data && t('lists.total', { total: number(total) })}
        </span>
        <ColumnMenu
          columns={layout}
          titles={new Map(columns.map(({ key, title, width }) => [key, { title, width }]))}
          density={density}
          onDensity={setDensity}
        />
        <Button
          icon={<ExportOutlined />}
          aria-label={t('lists.export')}
          title={t('lists.export')}
          disabled={items.length === 0}
          onClick={exportSeen}
        />
      </div>
      <HeaderDragContext value={drag}>
        <Table<T>
          size="small"
          tableLayout="fixed"
          rowKey={rowKey}
          dataSource={items}
          locale={{ emptyText: result.data ? <Empty>{empty}</Empty> : <SkeletonRows count={10} /> }}
          scroll={{ x: shown.reduce((sum, c) => sum + (c.width ?? LEAST), 0) }}
          sticky
          components={{ header: { cell: HeaderCell } }}
          columns={[
            ...shown.map((c) => ({
              key: c.key,
              title: c.sortable ? <SortButton column={c} query={query} /> : <span>{c.title}</span>,
              render: (_: unknown, row: T) => c.cell(row),
              ellipsis: true,
              ...(c.width ? { width: c.width } : {}),
              ...(c.align ? { align: c.align } : {}),
              onHeaderCell: () => ({
                'data-column': c.key,
                'data-drop': mark?.at === c.key ? mark.side : undefined,
                'data-moved': mark?.moved === c.key || undefined,
                'aria-sort': directionOf(query.sort, c.key) ?? undefined,
              }),
            })),
            // Where every column has a width, this one takes the rest, so that each keeps the width it was given.
            ...(shown.every((c) => c.width) ? [filler] : []),
          ]}
          pagination={{
            current: query.page,
            pageSize: query.pageSize,
            total,
            showSizeChanger: true,
            pageSizeOptions: [20, 50, 100],
            hideOnSinglePage: total <= 20,
            onChange: (page, pageSize) => query.set({ page: pageSize === query.pageSize ? page : 1, pageSize }),
          }}
          onRow={(row, i) => ({
            className: css.row as string,
            onClick: (event: MouseEvent) => open(row, event),
            onAuxClick: (event: MouseEvent) => event.button === 1 && open(row, event),
            ...rowProps(i ?? 0, () => open(row)),
          })}
        />
      </HeaderDragContext>
    </section>
  )
}

const filler = { key: 'filler', title: '', onHeaderCell: () => ({ 'aria-hidden': true }), render: () => null }
