import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import css from './wrap-up.module.css'

const inDays = (days: number): string => dayjs().add(days, 'day').format('YYYY-MM-DD')

/** When to come back to the customer: the ticket is due at the end of that day. */
export function FollowUp({ value, onChange }: { value: string | undefined; onChange: (date: string) => void }) {
  const { t } = useTranslation()
  const quick = [
    ['', t('desk.wrapUp.followUpNone')],
    [inDays(1), t('desk.wrapUp.followUpTomorrow')],
    [inDays(3), t('desk.wrapUp.followUpThreeDays')],
    [inDays(7), t('desk.wrapUp.followUpWeek')],
  ] as const
  return (
    <fieldset className={css.followUp}>
      <legend>{t('desk.wrapUp.followUp')}</legend>
      {quick.map(([date, label]) => (
        <button key={label} type="button" aria-pressed={(value ?? '') === date} onClick={() => onChange(date)}>
          {label}
        </button>
      ))}
      <input
        type="date"
        aria-label={t('desk.wrapUp.followUp')}
        min={inDays(0)}
        value={value ?? ''}
        onChange={(e) => onChange(e.target.value)}
      />
    </fieldset>
  )
}
