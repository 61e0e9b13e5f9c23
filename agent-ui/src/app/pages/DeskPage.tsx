import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk } from '../../features/desk-state/index.ts'
import { IncomingPop } from '../../features/pop/index.ts'
import { Lines } from '../../ui/index.ts'
import { DeskIdle } from './DeskIdle.tsx'
import { useTitle } from './use-title.ts'

const loadLiveCall = () => import('../../features/live-call/index.ts')
const loadWrapUp = () => import('../../features/wrap-up/index.ts')
const LiveCall = lazy(() => loadLiveCall().then((m) => ({ default: m.LiveCall })))
const WrapUp = lazy(() => loadWrapUp().then((m) => ({ default: m.WrapUp })))

/** What the agent looks at: idle, ringing, talking, wrapping up. */
export function DeskPage() {
  const { t } = useTranslation()
  const { view } = useDesk()
  useTitle(t('frame.nav.desk'))
  useEffect(() => {
    // The next call must not wait for code: fetched while nothing happens.
    void loadLiveCall()
    void loadWrapUp()
  }, [])
  return (
    <Suspense fallback={<Lines count={8} />}>
      {!view ? (
        <Lines count={8} />
      ) : view.call ? (
        <LiveCall key={view.call.contactId} call={view.call} />
      ) : view.offer ? (
        <IncomingPop key={view.offer.offerId} offer={view.offer} />
      ) : view.wrapUp ? (
        <WrapUp key={view.wrapUp.contactId} wrapUp={view.wrapUp} />
      ) : (
        <DeskIdle view={view} />
      )}
    </Suspense>
  )
}
