import { FRAME_SAMPLES, SAMPLE_RATE } from '../codec/g711.ts'
import { tonesOf } from '../keys/tone-pairs.ts'
import type { Source } from './source.ts'

/** Amplitudes of the two tones: -9 and -7 dBm0 together with the twist that lines like. */
const LOW = 5_000
const HIGH = 6_300
/** Silence after each key. */
const GAP_MS = 80
/** Each tone starts and ends over 2 ms. */
const RAMP_SAMPLES = 16

/** Keys as tones in the audio, for a side that takes no RFC 4733 events. */
export class KeyTones implements Source {
  readonly #keys: [low: number, high: number][]
  readonly #on: number
  readonly #period: number
  #sample = 0

  /** @param digits of `DTMF_KEYS` */
  constructor(digits: string, durationMs: number) {
    this.#keys = [...digits.toUpperCase()].map(tonesOf)
    this.#on = (durationMs * SAMPLE_RATE) / 1_000
    this.#period = this.#on + (GAP_MS * SAMPLE_RATE) / 1_000
  }

  get durationMs(): number {
    return (this.#keys.length * this.#period * 1_000) / SAMPLE_RATE
  }

  read(into: Int16Array): boolean {
    if (this.#sample >= this.#keys.length * this.#period) return false
    for (let i = 0; i < FRAME_SAMPLES; i++, this.#sample++) into[i] = this.#value()
    return true
  }

  #value(): number {
    const tones = this.#keys[Math.floor(this.#sample / this.#period)]
    const place = this.#sample % this.#period
    if (!tones || place >= this.#on) return 0
    const [low, high] = tones.map((hz) => Math.sin((2 * Math.PI * hz * place) / SAMPLE_RATE))
    const ramp = Math.min(1, place / RAMP_SAMPLES, (this.#on - place) / RAMP_SAMPLES)
    return Math.round((LOW * low! + HIGH * high!) * ramp)
  }
}
