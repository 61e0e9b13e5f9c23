import { useTranslation } from 'react-i18next'
import css from './data-table.module.css'

/** The shape of rows to come. */
export function SkeletonRows({ count }: { count: number }) {
  const { t } = useTranslation()
  return (
    <div className={css.skeleton} role="status" aria-label={t('frame.say.loading')}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical rows without identity
        <div key={i}>
          {[14, 24, 12, 10, 18, 8].map((share) => (
            <span key={share} style={{ width: `${share}%` }} />
          ))}
        </div>
      ))}
    </div>
  )
}
