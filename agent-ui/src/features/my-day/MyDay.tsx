import { useTranslation } from 'react-i18next'
import { Bars, formatDuration, Lines, LoadFailed, Panel } from '../../ui/index.ts'
import { dayFigures } from './day-figures.ts'
import css from './my-day.module.css'
import { useMyContacts } from './use-my-contacts.ts'

/** Figures of the agent's own day. */
export function MyDay() {
  const { t } = useTranslation()
  const contacts = useMyContacts()
  if (contacts.isError) return <LoadFailed error={contacts.error} retry={() => void contacts.refetch()} />
  const day = contacts.data && dayFigures(contacts.data.items, new Date().getHours())
  const figures = day && [
    [t('desk.idle.answered'), String(day.answered)],
    [t('desk.idle.talk'), formatDuration(day.talkMs)],
    [t('desk.idle.averageTalk'), day.averageTalkMs === null ? '–' : formatDuration(day.averageTalkMs)],
    [t('desk.idle.csat'), day.csat === null ? '–' : `★ ${day.csat.toFixed(1)}`],
  ]
  return (
    <Panel title={t('desk.idle.myDay')}>
      {!day || !figures ? (
        <Lines count={3} />
      ) : (
        <div className={css.day}>
          {figures.map(([label, value]) => (
            <div key={label} className={css.figure}>
              <span>{label}</span>
              <b>{value}</b>
            </div>
          ))}
          {day.answered > 0 && (
            <div className={css.chart}>
              <Bars
                name={t('desk.idle.byHour')}
                height={38}
                bars={day.hours.map(({ hour, answered }) => ({
                  label: hour % 2 === 0 ? String(hour) : '',
                  value: answered,
                  title: `${hour}:00 · ${answered}`,
                }))}
              />
            </div>
          )}
        </div>
      )}
    </Panel>
  )
}
