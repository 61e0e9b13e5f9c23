import { FRAME_SAMPLES } from '../codec/g711.ts'
import { TICK_MS } from '../engine.ts'
import type { TalkTimes } from '../protocol/methods.ts'

/** Softer than -44 dB of full scale nobody speaks on a telephone. */
const SOFTEST_VOICE = 200
/** A voice is this much louder than the noise around it (9.5 dB). */
const ABOVE_NOISE = 3
/** How fast the noise is thought to grow while it is not heard by itself: 1.3 times a second. */
const NOISE_GROWTH = 1.005
const LOUDEST_NOISE = 1_000
/** Shorter pauses are those between words. */
const PAUSE_FRAMES = 300 / TICK_MS

/** Sums up who speaks how long in a stereo recording, frame by frame of 20 ms. */
export class TalkMeter {
  readonly #sides = [new Voice(), new Voice()] as const
  #frames = { customer: 0, agent: 0, both: 0, neither: 0 }
  #rest = new Int16Array(0)

  /** The next samples, the sides in turn. */
  add(samples: Int16Array): void {
    const all = new Int16Array(this.#rest.length + samples.length)
    all.set(this.#rest)
    all.set(samples, this.#rest.length)
    let at = 0
    for (; at + 2 * FRAME_SAMPLES <= all.length; at += 2 * FRAME_SAMPLES) this.#count(all, at)
    this.#rest = all.slice(at)
  }

  get times(): TalkTimes {
    const { customer, agent, both, neither } = this.#frames
    return {
      customerMs: customer * TICK_MS,
      agentMs: agent * TICK_MS,
      bothMs: both * TICK_MS,
      neitherMs: neither * TICK_MS,
    }
  }

  #count(samples: Int16Array, at: number): void {
    const [left, right] = this.#sides
    const customer = left.speaks(loudness(samples, at))
    const agent = right.speaks(loudness(samples, at + 1))
    if (customer) this.#frames.customer++
    if (agent) this.#frames.agent++
    if (customer && agent) this.#frames.both++
    if (!customer && !agent) this.#frames.neither++
  }
}

/** Tells voice from noise by loudness; the softest that is heard is taken for the noise. */
class Voice {
  #noise = SOFTEST_VOICE / ABOVE_NOISE
  #pause = PAUSE_FRAMES

  speaks(loudness: number): boolean {
    this.#noise = Math.min(loudness, this.#noise * NOISE_GROWTH, LOUDEST_NOISE)
    // Digital silence is no measure of the noise that comes with a voice.
    this.#noise = Math.max(this.#noise, SOFTEST_VOICE / ABOVE_NOISE)
    this.#pause = loudness > this.#noise * ABOVE_NOISE ? 0 : this.#pause + 1
    return this.#pause < PAUSE_FRAMES
  }
}

/** Root mean square of a frame of one side. */
function loudness(samples: Int16Array, first: number): number {
  let sum = 0
  for (let i = 0; i < FRAME_SAMPLES; i++) sum += samples[first + 2 * i]! ** 2
  return Math.sqrt(sum / FRAME_SAMPLES)
}
