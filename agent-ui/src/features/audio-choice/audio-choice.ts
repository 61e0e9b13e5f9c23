export const deviceRoles = ['microphone', 'speaker', 'ringer'] as const
/** What a device is chosen for. */
export type DeviceRole = (typeof deviceRoles)[number]

/** Devices and volume this computer's user chose. Empty id: the system's default. */
export type AudioChoice = Record<DeviceRole, string> & {
  /** What the chosen devices are called, to be named while they are unplugged. */
  names: Partial<Record<DeviceRole, string>>
  /** 0–1 */
  ringVolume: number
  /** Echo cancellation, noise suppression and gain control of the browser. */
  voiceProcessing: boolean
}

const STORED = 'ringdown.headset'
const standard: AudioChoice = {
  microphone: '',
  speaker: '',
  ringer: '',
  names: {},
  ringVolume: 0.6,
  voiceProcessing: true,
}
const listeners = new Set<() => void>()

function load(): AudioChoice {
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<AudioChoice>) }
  } catch {
    return standard
  }
}
let choice = load()

export const readAudioChoice = (): AudioChoice => choice
export function chooseAudio(changes: Partial<AudioChoice>): void {
  choice = { ...choice, ...changes }
  localStorage.setItem(STORED, JSON.stringify(choice))
  for (const listener of listeners) listener()
}
export function subscribeAudioChoice(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
