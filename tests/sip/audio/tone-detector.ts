import { sampleRate } from './sources.ts'

/** Below this RMS (about −50 dBFS) a frame is silence: A-law's own idle noise is 8. */
export const silenceRms = 100

export function rms(samples: Int16Array): number {
  if (samples.length === 0) return 0
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / samples.length)
}

/** Share of the whole power that lies at one frequency, 0 to about 1 (Goertzel, as a plain correlation). */
export function toneShare(samples: Int16Array, frequency: number): number {
  const step = (2 * Math.PI * frequency) / sampleRate
  const coefficient = 2 * Math.cos(step)
  let previous = 0
  let beforeThat = 0
  let energy = 0
  for (const sample of samples) {
    const current = sample + coefficient * previous - beforeThat
    beforeThat = previous
    previous = current
    energy += sample * sample
  }
  if (energy === 0) return 0
  const power = previous * previous + beforeThat * beforeThat - coefficient * previous * beforeThat
  return (2 * power) / (samples.length * energy)
}

/** The strongest frequency between 100 and 3 400 Hz, and its share. A coarse search by 25 Hz, then a fine one around the best. */
export function strongestTone(samples: Int16Array): { frequency: number; share: number } {
  let best = { frequency: 0, share: 0 }
  const consider = (frequency: number) => {
    const share = toneShare(samples, frequency)
    if (share > best.share) best = { frequency, share }
  }
  for (let frequency = 100; frequency <= 3400; frequency += 12.5) consider(frequency)
  for (const step of [6, 3, 1.5, 0.75]) {
    const { frequency } = best
    consider(frequency - step)
    consider(frequency + step)
  }
  return best
}
