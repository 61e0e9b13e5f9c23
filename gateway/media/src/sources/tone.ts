import { FRAME_SAMPLES, SAMPLE_RATE } from '../codec/g711.ts'
import type { Cadence, Tone } from '../protocol/methods.ts'
import type { Source } from './source.ts'

/** -13 dBm0 for the sum of all frequencies, ITU-T E.180. */
const AMPLITUDE = 7_000
/** Each burst starts and ends over 5 ms, so that it does not click. */
const RAMP_SAMPLES = 40

/** The tones of China (GB/T 3380) and most of Europe: 450 Hz. */
const named: Record<Extract<Tone, string>, Cadence> = {
  ringback: { frequencies: [450], onMs: 1_000, offMs: 4_000 },
  busy: { frequencies: [450], onMs: 350, offMs: 350 },
  congestion: { frequencies: [450], onMs: 700, offMs: 700 },
}

/** A tone with a cadence, for ever. */
export class ToneSource implements Source {
  readonly #steps: number[]
  readonly #on: number
  readonly #period: number
  #sample = 0

  constructor(tone: Tone) {
    const cadence = typeof tone === 'string' ? named[tone] : tone
    this.#steps = cadence.frequencies.map((hz) => (2 * Math.PI * hz) / SAMPLE_RATE)
    this.#on = (cadence.onMs * SAMPLE_RATE) / 1_000
    this.#period = this.#on + (cadence.offMs * SAMPLE_RATE) / 1_000
  }

  read(into: Int16Array): boolean {
    for (let i = 0; i < FRAME_SAMPLES; i++, this.#sample++) into[i] = this.#value()
    return true
  }

  #value(): number {
    const place = this.#sample % this.#period
    if (place >= this.#on) return 0
    const sum = this.#steps.reduce((total, step) => total + Math.sin(this.#sample * step), 0) / this.#steps.length
    const steady = this.#period === this.#on
    const ramp = steady ? 1 : Math.min(1, place / RAMP_SAMPLES, (this.#on - place) / RAMP_SAMPLES)
    return Math.round(sum * ramp * AMPLITUDE)
  }
}
