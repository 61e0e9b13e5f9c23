import type { DeskView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { useCatalogue, useWords } from '../../features/catalogue/index.ts'
import { workStateOf } from '../../features/desk-state/index.ts'
import { MyDay, MyRecent, MyTickets } from '../../features/my-day/index.ts'
import { useMe } from '../../features/session/index.ts'
import { NextStep, StateIcon } from '../../features/state-button/index.ts'
import css from './desk-idle.module.css'

/** Between calls: what to do next, how the day goes, what is still open. */
export function DeskIdle({ view }: { view: DeskView }) {
  const { t } = useTranslation()
  const { word, local } = useWords()
  const me = useMe()
  const { numberToCall } = useCatalogue()
  const { name } = workStateOf(view)
  const [title, hint] =
    name === 'signed_out'
      ? [t('desk.idle.notSignedIn'), t('desk.idle.notSignedInHint')]
      : name === 'available'
        ? [t('desk.idle.waiting'), t('desk.idle.waitingHint')]
        : name === 'missed'
          ? [t('words.state.missed'), t('desk.state.missedHint')]
          : [t('desk.idle.notReady', { state: word('state', name) }), t('desk.idle.notReadyHint')]
  return (
    <div className={css.page}>
      <section className={css.now} data-state={name}>
        <span className={css.icon}>
          <StateIcon state={name} />
        </span>
        <div>
          <h1>{title}</h1>
          <p>{hint}</p>
          <p className={css.queues}>
            {me.queues.length > 0
              ? t('desk.idle.queues', { queues: me.queues.map((q) => local(q.name)).join(' · ') })
              : t('desk.idle.noQueues')}
            {numberToCall && <span> · {t('desk.idle.callUs', { number: numberToCall })}</span>}
          </p>
        </div>
        <NextStep view={view} />
      </section>
      <div className={css.columns}>
        <div>
          <MyDay />
          <MyRecent />
        </div>
        <MyTickets />
      </div>
    </div>
  )
}
