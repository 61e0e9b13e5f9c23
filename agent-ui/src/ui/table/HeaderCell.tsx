import { type ComponentProps, createContext, type PointerEvent, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import css from './data-table.module.css'

/** What a head cell does when the pointer drags it or its edge; given by the table around it. */
export type HeaderDrag = {
  onGrab: (key: string, event: PointerEvent<HTMLElement>) => void
  onGrabEdge: (key: string, event: PointerEvent<HTMLElement>) => void
  onResetEdge: (key: string) => void
}
export const HeaderDragContext = createContext<HeaderDrag | null>(null)

/** Whether a title stands in the head: Ant Design repeats titles in a hidden row that measures the columns. */
export const InHead = createContext(false)

type Props = ComponentProps<'th'> & { 'data-column'?: string }

/** A head cell that can be dragged to another place, with an edge that can be dragged to another width. */
export function HeaderCell({ children, ...props }: Props) {
  const { t } = useTranslation()
  const drag = useContext(HeaderDragContext)
  const key = props['data-column']
  if (!key || !drag) return <th {...props}>{children}</th>
  return (
    <th {...props} onPointerDown={(event) => drag.onGrab(key, event)}>
      <InHead value={true}>{children}</InHead>
      <span
        className={css.edge}
        aria-hidden="true"
        title={t('lists.columns.dragWidth')}
        onPointerDown={(event) => drag.onGrabEdge(key, event)}
        onDoubleClick={() => drag.onResetEdge(key)}
      />
    </th>
  )
}
