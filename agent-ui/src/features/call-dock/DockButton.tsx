import type { ReactNode } from 'react'
import { KeyHint } from '../../ui/index.ts'
import css from './call-dock.module.css'

type Props = {
  testId: string
  keys: string
  icon: ReactNode
  label: string
  onClick: () => void
  pressed?: boolean
  danger?: boolean
  disabled?: boolean
}

/** A big button with its key under it. */
export function DockButton({ testId, keys, icon, label, onClick, pressed, danger, disabled }: Props) {
  return (
    <button
      type="button"
      data-testid={testId}
      className={css.button}
      data-danger={danger || undefined}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
      <span>{label}</span>
      <KeyHint keys={keys} inText={`Alt+${keys}`} />
    </button>
  )
}
