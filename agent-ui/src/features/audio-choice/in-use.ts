import { type AudioChoice, type DeviceRole, deviceRoles } from './audio-choice.ts'
import type { AudioDevices, Device } from './devices.ts'

const listFor = (role: DeviceRole, devices: AudioDevices): readonly Device[] =>
  role === 'microphone' ? devices.microphones : devices.speakers

/** The roles whose chosen device is unplugged. Before the browser names any device nothing is known to be. */
export const absentDevices = (choice: AudioChoice, devices: AudioDevices): DeviceRole[] =>
  deviceRoles.filter((role) => {
    const list = listFor(role, devices)
    return choice[role] !== '' && list.length > 0 && !list.some(({ id }) => id === choice[role])
  })

/** The choice as it can be carried out: the system's default stands in for what is unplugged. */
export function inUse(choice: AudioChoice, devices: AudioDevices): AudioChoice {
  const absent = absentDevices(choice, devices)
  return { ...choice, ...Object.fromEntries(absent.map((role) => [role, ''])) }
}
