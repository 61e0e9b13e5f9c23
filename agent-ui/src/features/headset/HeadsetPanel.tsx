import { Alert, Button, Slider, Switch } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/index.ts'
import { chooseAudio, lookForDevices, useAudioChoice } from '../audio-choice/index.ts'
import { useDesk } from '../desk-state/index.ts'
import { allowNotifications, notificationsAllowed, testRing, testTone } from '../ring-alert/index.ts'
import { DeviceChoice } from './DeviceChoice.tsx'
import css from './headset.module.css'
import { startHeadset } from './headset.ts'
import { MeterBars } from './MeterBars.tsx'
import { useHeadset } from './use-headset.ts'

/** Devices, volume, a test, and what to do when something is wrong. */
export function HeadsetPanel() {
  const { t } = useTranslation()
  const headset = useHeadset()
  const { view } = useDesk()
  const choice = useAudioChoice()
  const [notify, setNotify] = useState(notificationsAllowed())
  const phone = view?.agent?.session && view.agent.device.kind === 'sip' ? view.agent.device : null

  useEffect(() => void lookForDevices(), [])

  return (
    <div className={css.panel}>
      {phone && (
        <Alert
          type={phone.proven ? 'info' : 'error'}
          title={phone.proven ? t('desk.headset.phone') : t('desk.headset.phoneLost')}
        />
      )}
      {!phone && headset.state === 'error' && (
        <Alert
          type="error"
          title={t(`desk.headset.problem.${headset.problem}`, { message: headset.message })}
          action={
            <Button size="small" danger onClick={() => startHeadset(true)}>
              {t('desk.headset.reconnect')}
            </Button>
          }
        />
      )}
      {!phone && headset.state === 'replaced' && (
        <Alert
          type="warning"
          title={t('desk.headset.elsewhere')}
          action={
            <Button size="small" onClick={() => startHeadset(true)}>
              {t('desk.headset.takeBack')}
            </Button>
          }
        />
      )}
      {!phone && (
        <div className={css.level}>
          <span>{t('desk.headset.level')}</span>
          <MeterBars live={headset.state === 'connected'} wide />
          <small>{t(headset.state === 'connected' ? 'desk.headset.speak' : `desk.headset.${headset.state}`)}</small>
        </div>
      )}
      <DeviceChoice of="microphone" />
      <DeviceChoice of="speaker" />
      <DeviceChoice of="ringer" />
      <Field label={t('desk.headset.ringVolume')}>
        <Slider
          ariaLabelForHandle={t('desk.headset.ringVolume')}
          min={0}
          max={1}
          step={0.05}
          value={choice.ringVolume}
          tooltip={{ formatter: (v) => `${Math.round((v ?? 0) * 100)} %` }}
          onChange={(ringVolume) => chooseAudio({ ringVolume })}
        />
      </Field>
      <Field inline label={t('desk.headset.voiceProcessing')}>
        <Switch
          size="small"
          checked={choice.voiceProcessing}
          onChange={(voiceProcessing) => chooseAudio({ voiceProcessing })}
        />
      </Field>
      <div className={css.tests}>
        <Button onClick={() => testTone()}>{t('desk.headset.testTone')}</Button>
        <Button onClick={() => testRing()}>{t('desk.headset.testRing')}</Button>
      </div>
      {!notify && (
        <div className={css.notify}>
          <span>
            {t('desk.headset.allowNotify')}
            <small>{t('desk.headset.notifyWhy')}</small>
          </span>
          <Button size="small" onClick={() => void allowNotifications().then(setNotify)}>
            {t('desk.headset.allow')}
          </Button>
        </div>
      )}
    </div>
  )
}
