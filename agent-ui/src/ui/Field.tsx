import type { ReactNode } from 'react'
import css from './field.module.css'

type Props = { label: string; children: ReactNode; error?: string | null | undefined; hint?: string; inline?: boolean }

/** A label above its control; what is wrong, and what to do, below it. */
export function Field({ label, children, error, hint, inline = false }: Props) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control comes as a child
    <label className={inline ? css.inline : css.field} data-wrong={error ? '' : undefined}>
      <span>{label}</span>
      {children}
      {error ? <small role="alert">{error}</small> : hint && <small>{hint}</small>}
    </label>
  )
}
