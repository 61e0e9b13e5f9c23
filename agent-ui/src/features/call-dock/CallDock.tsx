import { useTranslation } from 'react-i18next'
import { Link, useMatch } from 'react-router'
import { formatDuration, TimeRing, useNow } from '../../ui/index.ts'
import { useDesk } from '../desk-state/index.ts'
import { CompactPop, callerTitle } from '../pop/index.ts'
import css from './call-dock.module.css'
import { OnCall } from './OnCall.tsx'

/** The live call on every page; on the desk itself the ringing pop and wrap-up have the page. */
export function CallDock() {
  const { t } = useTranslation()
  const { view } = useDesk()
  const onDesk = useMatch('/') !== null
  if (!view) return null
  const { offer, call, wrapUp } = view
  const state = call?.state ?? (onDesk ? null : offer ? 'ringing' : wrapUp ? 'wrap_up' : null)
  if (!state) return null
  return (
    <aside className={css.dock} data-testid="call-dock" data-state={state} aria-label={t('desk.call.dock')}>
      {call ? <OnCall call={call} /> : offer ? <CompactPop offer={offer} /> : wrapUp && <WrapUpWaits />}
    </aside>
  )
}

function WrapUpWaits() {
  const { t } = useTranslation()
  const { view, offsetMs } = useDesk()
  const now = useNow() + offsetMs
  const wrapUp = view?.wrapUp
  if (!wrapUp) return null
  const left = Math.max(0, wrapUp.endsAt - now)
  return (
    <div className={css.wrapUp}>
      <TimeRing share={left / (wrapUp.endsAt - wrapUp.startedAt)} size={56}>
        <b className="timer">{formatDuration(left)}</b>
      </TimeRing>
      <div>
        <b>{t('desk.wrapUp.title')}</b>
        <p>{callerTitle(wrapUp.pop).name ?? t('desk.pop.unknownCaller')}</p>
        <Link to="/">{t('desk.wrapUp.go')}</Link>
      </div>
    </div>
  )
}
