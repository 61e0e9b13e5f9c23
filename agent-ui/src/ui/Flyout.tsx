import { Popover } from 'antd'
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from 'react'

type Props = {
  /** What it is, for those who do not see it. */
  name: string
  open: boolean
  onOpenChange: (open: boolean) => void
  content: ReactNode
  /** The button that opens it. */
  children: ReactElement
}

/**
 * What a button opens below itself. The keyboard goes in with it and comes back to the button when it closes; arrows move
 * between its buttons, Escape closes.
 */
export function Flyout({ name, open, onOpenChange, content, children }: Props) {
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={onOpenChange}
      destroyOnHidden
      content={
        <Inside name={name} close={() => onOpenChange(false)}>
          {content}
        </Inside>
      }
    >
      {children}
    </Popover>
  )
}

const REACHABLE = 'button, input, select, textarea, a[href], [tabindex="0"]'

const focusOn = (element: Element | null) => element instanceof HTMLElement && element.focus()

function Inside({ name, close, children }: { name: string; close: () => void; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const reachable = () =>
    [...(box.current?.querySelectorAll<HTMLElement>(REACHABLE) ?? [])].filter((e) => !e.matches(':disabled'))
  const opener = useRef<Element>(null)
  useEffect(() => {
    opener.current = document.activeElement
    box.current?.focus()
    return () => {
      const left = document.activeElement
      // Whoever has gone elsewhere by himself stays there.
      if (left === document.body || box.current?.contains(left)) focusOn(opener.current)
    }
  }, [])
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const all = reachable()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const moves = event.target === box.current || event.target instanceof HTMLButtonElement
    if (event.key === 'Escape') {
      focusOn(opener.current)
      close()
    } else if (event.key === 'ArrowDown' && moves) all[Math.min(all.length - 1, at + 1)]?.focus()
    else if (event.key === 'ArrowUp' && moves) all[Math.max(0, at - 1)]?.focus()
    else if (event.key === 'Tab' && all.length > 0) {
      // It stands at the end of the document: round and round, not out of sight.
      if (event.shiftKey ? at > 0 : at < all.length - 1) return
      all.at(event.shiftKey ? -1 : 0)?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={box} role="dialog" aria-label={name} tabIndex={-1} className="flyout" onKeyDown={onKeyDown}>
      {children}
    </div>
  )
}
