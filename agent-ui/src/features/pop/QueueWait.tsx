import type { PopView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { formatDuration, Timer } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import css from './pop.module.css'

/** The queue and the wait: running while it rings (`offsetMs` given), fixed once answered. */
export function QueueWait({ pop, offsetMs }: { pop: PopView; offsetMs?: number }) {
  const { t } = useTranslation()
  const { local } = useWords()
  return (
    <span className={css.wait}>
      {pop.queue && <b>{local(pop.queue.name)}</b>}
      <span>
        {t('desk.pop.waited')}{' '}
        {offsetMs === undefined ? formatDuration(pop.waitedMs) : <Timer since={pop.arrivedAt} offsetMs={offsetMs} />}
      </span>
    </span>
  )
}
