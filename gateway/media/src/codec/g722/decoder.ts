import type { Decoder, Rate } from '../codec.ts'
import { Band, higherBand, lowerBand, saturated } from './band.ts'
import { HIGH_LEVELS, HIGH_STEPS, LOW_LEVELS_4, LOW_LEVELS_6, LOW_STEPS, QMF } from './tables.ts'

/** Largest output of a band, 4.3. */
const LIMIT = 16_383

/** ITU-T G.722 at 64 kbit/s. The lower band alone is the telephone band, at half the cost. */
export class G722Decoder implements Decoder {
  readonly #low = new Band(lowerBand)
  readonly #high = new Band(higherBand)
  readonly #delay = new Int32Array(24)
  readonly #wide: boolean

  constructor(rate: Rate) {
    this.#wide = rate === 16_000
  }

  decode(payload: Uint8Array): Int16Array {
    const samples = new Int16Array(this.#wide ? payload.length * 2 : payload.length)
    for (let i = 0; i < payload.length; i++) {
      const low = this.#decodeLow(payload[i]! & 0x3f)
      if (this.#wide) this.#join(low, this.#decodeHigh(payload[i]! >> 6), samples, 2 * i)
      else samples[i] = saturated(low * 2)
    }
    return samples
  }

  #decodeLow(code: number): number {
    const band = this.#low
    const heard = limited(band.signal + ((band.scale * LOW_LEVELS_6[code]!) >> 15))
    band.adapt((band.scale * LOW_LEVELS_4[code >> 2]!) >> 15, LOW_STEPS[code >> 2]!)
    return heard
  }

  #decodeHigh(code: number): number {
    const band = this.#high
    const difference = (band.scale * HIGH_LEVELS[code]!) >> 15
    const heard = limited(band.signal + difference)
    band.adapt(difference, HIGH_STEPS[code]!)
    return heard
  }

  /** The receive filter of 4.4: one sample of each band becomes two. */
  #join(low: number, high: number, into: Int16Array, at: number): void {
    const delay = this.#delay
    delay.copyWithin(0, 2)
    delay[22] = low + high
    delay[23] = low - high
    let first = 0
    let second = 0
    for (let i = 0; i < 12; i++) {
      second += delay[2 * i]! * QMF[i]!
      first += delay[2 * i + 1]! * QMF[11 - i]!
    }
    into[at] = saturated(first >> 11)
    into[at + 1] = saturated(second >> 11)
  }
}

function limited(value: number): number {
  return Math.max(-LIMIT - 1, Math.min(LIMIT, value))
}
