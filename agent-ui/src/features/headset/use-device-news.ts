import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from '../../ui/index.ts'
import { absentDevices, type DeviceRole, useAudioChoice, useAudioDevices } from '../audio-choice/index.ts'

/** Says when a chosen device was unplugged, and when it is back. Once per page. */
export function useDeviceNews(): void {
  const { t } = useTranslation()
  const choice = useAudioChoice()
  const devices = useAudioDevices()
  const before = useRef<DeviceRole[]>([])
  const absent = absentDevices(choice, devices)
  const say = (key: 'unplugged' | 'back', role: DeviceRole) =>
    toast(
      key === 'back' ? 'success' : 'error',
      t(`desk.headset.${key}`, {
        role: t(`desk.headset.${role}`),
        name: choice.names[role] ?? t('desk.headset.unnamed'),
      }),
    )
  useEffect(() => {
    for (const role of absent) if (!before.current.includes(role)) say('unplugged', role)
    for (const role of before.current) if (!absent.includes(role) && choice[role]) say('back', role)
    before.current = absent
  })
}
