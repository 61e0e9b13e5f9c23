import { type PointerEvent, type RefObject, useMemo, useRef, useState } from 'react'
import { moveColumn, resizeColumn } from './column-layout.ts'
import type { HeaderDrag } from './HeaderCell.tsx'
import type { Columns } from './use-column-layout.ts'

/** Less than this is a click, which sorts. */
const CLICK_PX = 6

/** Where the dragged column would go: at an edge of this head cell. */
export type DropMark = { moved: string; at: string; side: 'before' | 'after' } | null

/** Lets the pointer move and widen columns; Escape gives up. `box` is the element around the table. */
export function useHeaderDrag(box: RefObject<HTMLElement | null>, columns: Columns) {
  const [mark, setMark] = useState<DropMark>(null)
  const now = useRef(columns)
  now.current = columns
  const drag = useMemo<HeaderDrag>(() => {
    const cells = () => [...(box.current?.querySelectorAll<HTMLElement>('thead th[data-column]') ?? [])]
    const cellOf = (key: string) => cells().find((cell) => cell.dataset.column === key)

    return {
      onGrab(key, event) {
        if (event.button !== 0) return
        const from = event.clientX
        let dropAt: DropMark = null
        follow(event, {
          move(x) {
            if (!dropAt && Math.abs(x - from) < CLICK_PX) return
            dropAt = markAt(cells(), key, x)
            setMark(dropAt)
          },
          end(kept) {
            setMark(null)
            if (!dropAt) return
            swallowClick()
            if (!kept) return
            const { layout, set } = now.current
            const shown = cells().map((cell) => cell.dataset.column ?? '')
            const { at, side } = dropAt
            set(moveColumn(layout, key, side === 'before' ? at : (shown[shown.indexOf(at) + 1] ?? null)))
          },
        })
      },
      onGrabEdge(key, event) {
        event.stopPropagation()
        if (event.button !== 0) return
        const from = event.clientX
        const before = now.current.layout
        const width = cellOf(key)?.getBoundingClientRect().width ?? 0
        follow(event, {
          move: (x) => now.current.set(resizeColumn(now.current.layout, key, width + x - from)),
          end(kept) {
            swallowClick()
            if (!kept) now.current.set(before)
          },
        })
      },
      onResetEdge: (key) => now.current.set(resizeColumn(now.current.layout, key, null)),
    }
  }, [box])
  return { drag, mark }
}

function markAt(cells: HTMLElement[], moved: string, x: number): DropMark {
  for (const cell of cells) {
    const { left, right } = cell.getBoundingClientRect()
    if (x >= left && x < right)
      return { moved, at: cell.dataset.column ?? '', side: x < (left + right) / 2 ? 'before' : 'after' }
  }
  const last = cells.at(-1)?.dataset.column ?? ''
  const first = cells[0]?.dataset.column ?? ''
  const beyond = x >= (cells.at(-1)?.getBoundingClientRect().right ?? 0)
  return beyond ? { moved, at: last, side: 'after' } : { moved, at: first, side: 'before' }
}

/** Follows a pressed pointer until it is let go (`kept`), or lost or given up by Escape. */
function follow(event: PointerEvent<HTMLElement>, on: { move: (x: number) => void; end: (kept: boolean) => void }) {
  const stop = new AbortController()
  const { signal } = stop
  const end = (kept: boolean) => {
    stop.abort()
    on.end(kept)
  }
  const { pointerId } = event
  const mine = (handle: (moved: globalThis.PointerEvent) => void) => (moved: globalThis.PointerEvent) => {
    if (moved.pointerId === pointerId) handle(moved)
  }
  const move = mine((moved) => {
    moved.preventDefault()
    on.move(moved.clientX)
  })
  addEventListener('pointermove', move, { signal })
  addEventListener(
    'pointerup',
    mine(() => end(true)),
    { signal },
  )
  addEventListener(
    'pointercancel',
    mine(() => end(false)),
    { signal },
  )
  const giveUp = (pressed: KeyboardEvent) => {
    if (pressed.key !== 'Escape') return
    pressed.stopPropagation()
    end(false)
  }
  addEventListener('keydown', giveUp, { signal, capture: true })
}

/** The click that ends a drag is no click: nothing sorts. */
function swallowClick(): void {
  const stop = (event: Event) => event.stopPropagation()
  addEventListener('click', stop, { capture: true, once: true })
  setTimeout(() => removeEventListener('click', stop, { capture: true }))
}
