import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk } from '../../features/desk-state/index.ts'
import { IncomingPop } from '../../features/pop/index.ts'
import { Lines } from '../../ui/index.ts'
import { DeskIdle } from './DeskIdle.tsx'
import { useTitle } from './use-title.ts'

async function loadWork() {
  const [{ LiveCall }, { WrapUp }] = await Promise.all([
    import('../../features/live-call/index.ts'),
    import('../../features/wrap-up/index.ts'),
  ])
  return { LiveCall, WrapUp }
}
let work: Awaited<ReturnType<typeof loadWork>> | null = null

/**
 * The call page and wrap-up, fetched while nothing happens.
 *
 * @NOTE not `lazy`: React holds a suspended view back for up to 300 ms, and what the agent types then, right after
 * answering, would miss the notes and act as shortcuts.
 */
function useWork() {
  const [loaded, setLoaded] = useState(work)
  useEffect(() => {
    if (loaded) return
    void loadWork().then((parts) => {
      work = parts
      setLoaded(parts)
    })
  }, [loaded])
  return loaded
}

/** What the agent looks at: idle, ringing, talking, wrapping up. */
export function DeskPage() {
  const { t } = useTranslation()
  const { view } = useDesk()
  const parts = useWork()
  useTitle(t('frame.nav.desk'))
  if (!view) return <Lines count={8} />
  if (view.offer && !view.call)
    return (
      <>
        <h1 className="visually-hidden">{t('desk.pop.incoming')}</h1>
        <IncomingPop key={view.offer.offerId} offer={view.offer} />
      </>
    )
  if (!view.call && !view.wrapUp) return <DeskIdle view={view} />
  if (!parts) return <Lines count={8} />
  return (
    <>
      <h1 className="visually-hidden">{view.call ? t('desk.call.dock') : t('desk.wrapUp.title')}</h1>
      {view.call ? (
        <parts.LiveCall key={view.call.contactId} call={view.call} />
      ) : (
        view.wrapUp && <parts.WrapUp key={view.wrapUp.contactId} wrapUp={view.wrapUp} />
      )}
    </>
  )
}
