import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/index.ts'
import {
  absentDevices,
  chooseAudio,
  type Device,
  type DeviceRole,
  useAudioChoice,
  useAudioDevices,
} from '../audio-choice/index.ts'

/** Which device serves for something; one that is unplugged stays chosen, and is said to be missing. */
export function DeviceChoice({ of: role }: { of: DeviceRole }) {
  const { t } = useTranslation()
  const choice = useAudioChoice()
  const devices = useAudioDevices()
  const list: readonly Device[] = role === 'microphone' ? devices.microphones : devices.speakers
  const absent = absentDevices(choice, devices).includes(role)
  const chosen = choice[role]
  const known = list.some(({ id }) => id === chosen)
  const name = choice.names[role] ?? t('desk.headset.unnamed')
  return (
    <Field label={t(`desk.headset.${role}`)} error={absent ? t('desk.headset.absent', { name }) : null}>
      <Select
        data-testid={`choose-${role}`}
        aria-label={t(`desk.headset.${role}`)}
        value={chosen}
        onChange={(id) =>
          chooseAudio({
            [role]: id,
            names: { ...choice.names, [role]: list.find((device) => device.id === id)?.name },
          })
        }
        options={[
          { value: '', label: t('desk.headset.systemDefault') },
          ...list.map((device) => ({ value: device.id, label: device.name })),
          ...(chosen && !known ? [{ value: chosen, label: name }] : []),
        ]}
      />
    </Field>
  )
}
