import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { failureText } from './failure-text.ts'
import css from './states.module.css'

/** What would be here, and how to get it. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.empty}>
      <p>{children}</p>
      {action}
    </div>
  )
}

/** What happened, and the way to try again. */
export function LoadFailed({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={css.failed} role="alert">
      <strong>{t('frame.failure.load')}</strong>
      <p>{failureText(t, error)}</p>
      <Button size="small" onClick={retry}>
        {t('frame.say.retry')}
      </Button>
    </div>
  )
}

/** The shape of lines to come. */
export function Lines({ count = 3, height = 16 }: { count?: number; height?: number }) {
  const { t } = useTranslation()
  return (
    <div className={css.lines} role="status" aria-label={t('frame.say.loading')}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical lines without identity
        <span key={i} style={{ height, width: `${92 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  )
}
