import { readAudioInUse } from '../audio-choice/index.ts'
import { ringOnce, toneOnce } from './ring-sound.ts'
import type { RingOutput } from './tone.ts'

const QUIET = 0.25

/** The chosen ring device and volume; quiet while somebody talks in the ear. */
export function ringOutput(onCall: boolean): RingOutput {
  const { ringer, ringVolume } = readAudioInUse()
  return { deviceId: ringer, volume: onCall ? ringVolume * QUIET : ringVolume }
}

export const testRing = (): (() => void) => ringOnce(ringOutput(false))
export const testTone = (): (() => void) =>
  toneOnce({ deviceId: readAudioInUse().speaker, volume: readAudioInUse().ringVolume })
