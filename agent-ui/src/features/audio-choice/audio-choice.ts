/** Devices and volume this computer's user chose. Empty id: the system's default. */
export type AudioChoice = {
  microphone: string
  speaker: string
  ringer: string
  /** 0–1 */
  ringVolume: number
  /** Echo cancellation, noise suppression and gain control of the browser. */
  voiceProcessing: boolean
}

const STORED = 'ringdown.headset'
const standard: AudioChoice = { microphone: '', speaker: '', ringer: '', ringVolume: 0.6, voiceProcessing: true }
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
