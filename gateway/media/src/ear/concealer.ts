import type { Rate } from '../codec/codec.ts'
import { noiseSample } from '../codec/comfort-noise.ts'
import { bestPeriod } from './period.ts'

/** The periods looked for: several of a high voice, one of a low one. */
const SHORTEST_MS = 5
const LONGEST_MS = 15
/** How much of the past is compared. */
const COMPARED_MS = 10
const HISTORY_MS = LONGEST_MS + COMPARED_MS + 5
/** The joint from the replacement back to the real audio. */
const JOINT_MS = 5
/** A replacement is as loud as the original for so long, and gone after so long. */
const STEADY_MS = 20
const GONE_MS = 80
/** The same for a pause that was announced. */
const PAUSE_MS = 5

/**
 * Fills what is missing of a stream with the last pitch periods repeated, as ITU-T G.711 appendix I does, fading to
 * silence or to the comfort noise that the sender asked for.
 */
export class Concealer {
  /** Loudness of the noise in pauses; undefined: digital silence. */
  noise: number | undefined
  readonly #perMs: number
  readonly #past: Int16Array
  #cycle: Float64Array = new Float64Array(0)
  #made = 0
  #active = false
  /** Where the first replaced sample would jump, and by how much. */
  #step = 0

  constructor(rate: Rate) {
    this.#perMs = rate / 1_000
    this.#past = new Int16Array(HISTORY_MS * this.#perMs)
  }

  /** Replaces what is missing. */
  next(count: number): Int16Array {
    if (!this.#active) this.#start()
    const samples = new Int16Array(count)
    for (let i = 0; i < count; i++) samples[i] = this.#sample()
    return samples
  }

  /** The stream is back: joins it to the replacement, in place. Nothing happens when nothing was replaced. */
  join(samples: Int16Array): void {
    if (!this.#active) return
    const length = Math.min(JOINT_MS * this.#perMs, samples.length)
    for (let i = 0; i < length; i++) {
      const share = (i + 1) / (length + 1)
      samples[i] = Math.round(samples[i]! * share + this.#sample() * (1 - share))
    }
    this.#active = false
  }

  /** The stream is back, and is to stay as it is. */
  stop(): void {
    this.#active = false
  }

  /** Notes what is played, real or replaced. */
  heard(samples: Int16Array): void {
    const past = this.#past
    if (samples.length >= past.length) past.set(samples.subarray(samples.length - past.length))
    else {
      past.copyWithin(0, samples.length)
      past.set(samples, past.length - samples.length)
    }
  }

  #start(): void {
    const past = this.#past
    const length = COMPARED_MS * this.#perMs
    const longest = LONGEST_MS * this.#perMs
    // Compared backwards in time: the end of the past with what lies a lag before it.
    const turned = past.toReversed()
    const { lag } = bestPeriod(turned, { from: 0, length, shortest: SHORTEST_MS * this.#perMs, longest })
    this.#cycle = seamless(past, lag)
    this.#step = past.at(-1)! - past.at(-1 - lag)!
    this.#made = 0
    this.#active = true
  }

  #sample(): number {
    const made = this.#made++
    const ms = made / this.#perMs
    const [steady, gone] = this.noise === undefined ? [STEADY_MS, GONE_MS] : [0, PAUSE_MS]
    const gain = Math.max(0, Math.min(1, (gone - ms) / (gone - steady)))
    const softened = this.#step * Math.max(0, 1 - ms / JOINT_MS)
    const noise = this.noise === undefined ? 0 : noiseSample(this.noise) * (1 - gain)
    const value = gain === 0 ? noise : (this.#cycle[made % this.#cycle.length]! + softened) * gain + noise
    return Math.max(-32_768, Math.min(32_767, Math.round(value)))
  }
}

/** The last `lag` samples, the end bent so that it runs into the beginning. */
function seamless(past: Int16Array, lag: number): Float64Array {
  const cycle = Float64Array.from(past.subarray(past.length - lag))
  const bend = lag >> 2
  for (let i = 0; i < bend; i++) {
    const share = (i + 1) / (bend + 1)
    const place = past.length - bend + i
    cycle[lag - bend + i] = past[place]! * (1 - share) + past[place - lag]! * share
  }
  return cycle
}
