import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { outdateSoon } from '../../api/index.ts'
import { CallDock } from '../../features/call-dock/index.ts'
import { followDesk, useBeginShift } from '../../features/desk-state/index.ts'
import { HeadsetMeter, useDeviceNews, useHeadsetFollowsDesk } from '../../features/headset/index.ts'
import { useRingAlert } from '../../features/ring-alert/index.ts'
import { SearchBox } from '../../features/search/index.ts'
import { useShortcut } from '../../features/shortcuts/index.ts'
import { StateButton } from '../../features/state-button/index.ts'
import { useConnection, useServerEvent } from '../../realtime/index.ts'
import { Lines } from '../../ui/index.ts'
import { CrashGuard } from '../CrashGuard.tsx'
import { DeskAnnouncer } from './DeskAnnouncer.tsx'
import css from './frame.module.css'
import { Navigation } from './Navigation.tsx'
import { UserMenu } from './UserMenu.tsx'

const ShortcutSheet = lazy(() =>
  import('../../features/shortcuts/ShortcutSheet.tsx').then((m) => ({ default: m.ShortcutSheet })),
)

/** The bar above, the page below, the live call beside it. */
export function Frame() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const connection = useConnection()
  const lost = useLasting(connection === 'lost')
  const [helping, setHelping] = useState(false)
  useEffect(followDesk, [])
  useBeginShift()
  useHeadsetFollowsDesk()
  useDeviceNews()
  useRingAlert()
  usePageKeys()
  useShortcut('help', () => setHelping(true))
  useServerEvent('contact:changed', () =>
    outdateSoon('listContacts', 'readContact', 'readLadder', 'listCustomerContacts'),
  )
  useServerEvent('ticket:changed', () => outdateSoon('listTickets', 'readTicket', 'listCustomerTickets'))

  return (
    <div className={css.frame}>
      <a className={css.skip} href="#page">
        {t('frame.nav.skip')}
      </a>
      <DeskAnnouncer />
      <header className={css.bar}>
        <Navigation />
        <SearchBox />
        <StateButton />
        <HeadsetMeter />
        <UserMenu onHelp={() => setHelping(true)} />
      </header>
      {lost && (
        <div className={css.banner} role="alert">
          {t('frame.connection.lost')}
        </div>
      )}
      <div className={css.body}>
        <main id="page" className={css.page} tabIndex={-1}>
          <CrashGuard key={pathname}>
            <Suspense fallback={<Lines count={8} />}>
              <Outlet />
            </Suspense>
          </CrashGuard>
        </main>
        <CallDock />
      </div>
      {helping && (
        <Suspense>
          <ShortcutSheet open onClose={() => setHelping(false)} />
        </Suspense>
      )}
    </div>
  )
}

const BLINK_MS = 1200

/** True once `value` has been true for a while: a blink of the network is not worth a banner. */
function useLasting(value: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!value) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), BLINK_MS)
    return () => clearTimeout(timer)
  }, [value])
  return lasting
}

function usePageKeys(): void {
  const navigate = useNavigate()
  useShortcut('goDesk', () => navigate('/'))
  useShortcut('goCustomers', () => navigate('/customers'))
  useShortcut('goContacts', () => navigate('/contacts'))
  useShortcut('goTickets', () => navigate('/tickets'))
  useShortcut('goBoard', () => navigate('/board'))
  useShortcut('goSettings', () => navigate('/settings'))
}
