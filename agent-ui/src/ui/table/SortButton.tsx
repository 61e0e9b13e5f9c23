import { CaretDownFilled, CaretUpFilled } from '@ant-design/icons'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import css from './data-table.module.css'
import { InHead } from './HeaderCell.tsx'
import type { ListQuery } from './list-query.ts'
import { directionOf, nextSort, rankOf } from './sort-order.ts'

/** A column's title: a click sorts by it, with Shift after the others. */
export function SortButton({ column, query }: { column: { key: string; title: string }; query: ListQuery }) {
  const { t } = useTranslation()
  const inHead = useContext(InHead)
  const direction = directionOf(query.sort, column.key)
  const rank = rankOf(query.sort, column.key)
  if (!inHead) return <span>{column.title}</span>
  return (
    <button
      type="button"
      className={css.sort}
      data-direction={direction ?? undefined}
      title={t('lists.sortHint')}
      onClick={(event) => query.set({ sort: nextSort(query.sort, column.key, event.shiftKey) })}
    >
      <span>{column.title}</span>
      {direction === 'descending' ? <CaretDownFilled /> : <CaretUpFilled />}
      {rank !== null && <small>{rank}</small>}
    </button>
  )
}
