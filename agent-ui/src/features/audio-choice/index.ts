import { useSyncExternalStore } from 'react'
import { type AudioChoice, readAudioChoice, subscribeAudioChoice } from './audio-choice.ts'
import { type AudioDevices, readAudioDevices, subscribeAudioDevices } from './devices.ts'
import { inUse } from './in-use.ts'

export { type AudioChoice, chooseAudio, type DeviceRole } from './audio-choice.ts'
export { type Device, lookForDevices } from './devices.ts'
export { absentDevices } from './in-use.ts'
export const useAudioChoice = (): AudioChoice => useSyncExternalStore(subscribeAudioChoice, readAudioChoice)
export const useAudioDevices = (): AudioDevices => useSyncExternalStore(subscribeAudioDevices, readAudioDevices)

/** What sound goes through now: the choice, with the default for what is unplugged. */
export const readAudioInUse = (): AudioChoice => inUse(readAudioChoice(), readAudioDevices())
/** Called when somebody chooses, plugs in or unplugs. */
export function subscribeAudioInUse(listener: () => void): () => void {
  const stops = [subscribeAudioChoice(listener), subscribeAudioDevices(listener)]
  return () => {
    for (const stop of stops) stop()
  }
}
