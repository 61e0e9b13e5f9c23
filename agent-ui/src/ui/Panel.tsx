import type { ReactNode } from 'react'
import css from './panel.module.css'

type Props = {
  title?: ReactNode
  extra?: ReactNode
  children: ReactNode
  className?: string | undefined
  flush?: boolean
}

/** A titled surface; `flush` lets a list reach its edges. */
export function Panel({ title, extra, children, className, flush = false }: Props) {
  return (
    <section className={`${css.panel} ${className ?? ''}`}>
      {title !== undefined && (
        <header className={css.head}>
          <h2>{title}</h2>
          {extra}
        </header>
      )}
      <div className={flush ? css.flush : css.body}>{children}</div>
    </section>
  )
}
