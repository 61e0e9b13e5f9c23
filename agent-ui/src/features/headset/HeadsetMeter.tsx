import { CustomerServiceOutlined, PhoneOutlined } from '@ant-design/icons'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Flyout, Lines } from '../../ui/index.ts'
import { useDesk } from '../desk-state/index.ts'
import css from './headset.module.css'
import { MeterBars } from './MeterBars.tsx'
import { useHeadset } from './use-headset.ts'

const HeadsetPanel = lazy(() => import('./HeadsetPanel.tsx').then((m) => ({ default: m.HeadsetPanel })))

/** Shows in the bar that the microphone lives; opens device choice and a test. */
export function HeadsetMeter() {
  const { t } = useTranslation()
  const headset = useHeadset()
  const { view } = useDesk()
  const [open, setOpen] = useState(false)
  const device = view?.agent?.session ? view.agent.device : null
  const phone = device?.kind === 'sip'
  const state = phone ? (device.proven ? 'connected' : 'error') : headset.state === 'replaced' ? 'off' : headset.state
  const label = phone ? t('words.device.sip') : t(`desk.headset.${headset.state}`)
  return (
    <Flyout
      name={t('desk.headset.panel')}
      open={open}
      onOpenChange={setOpen}
      content={
        <Suspense fallback={<Lines count={4} />}>
          <HeadsetPanel />
        </Suspense>
      }
    >
      <button
        type="button"
        className={css.meter}
        data-testid="headset-meter"
        data-state={state}
        aria-label={label}
        aria-expanded={open}
        title={label}
      >
        {phone ? <PhoneOutlined /> : <CustomerServiceOutlined />}
        {!phone && <MeterBars live={headset.state === 'connected'} />}
      </button>
    </Flyout>
  )
}
