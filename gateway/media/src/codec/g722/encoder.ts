import type { Encoder, Rate } from '../codec.ts'
import { Band, higherBand, lowerBand, saturated } from './band.ts'
import {
  HIGH_DECISION,
  HIGH_LEVELS,
  HIGH_STEPS,
  LOW_DECISIONS,
  LOW_LEVELS_4,
  LOW_NEGATIVE,
  LOW_POSITIVE,
  LOW_STEPS,
  QMF,
} from './tables.ts'

/** ITU-T G.722 at 64 kbit/s. Telephone-band samples go straight into the lower band; the higher one is then empty. */
export class G722Encoder implements Encoder {
  readonly #low = new Band(lowerBand)
  readonly #high = new Band(higherBand)
  readonly #delay = new Int32Array(24)

  encode(samples: Int16Array, rate: Rate): Buffer {
    const wide = rate === 16_000
    const payload = Buffer.allocUnsafe(wide ? samples.length >> 1 : samples.length)
    for (let i = 0; i < payload.length; i++) {
      if (wide) payload[i] = this.#split(samples[2 * i]!, samples[2 * i + 1]!)
      else payload[i] = this.#code(samples[i]! >> 1, 0)
    }
    return payload
  }

  /** The transmit filter of 3.1: two samples become one of each band. */
  #split(first: number, second: number): number {
    const delay = this.#delay
    delay.copyWithin(0, 2)
    delay[22] = first
    delay[23] = second
    let odd = 0
    let even = 0
    for (let i = 0; i < 12; i++) {
      odd += delay[2 * i]! * QMF[i]!
      even += delay[2 * i + 1]! * QMF[11 - i]!
    }
    return this.#code((even + odd) >> 14, (even - odd) >> 14)
  }

  #code(low: number, high: number): number {
    return (this.#codeHigh(high) << 6) | this.#codeLow(low)
  }

  #codeLow(sample: number): number {
    const band = this.#low
    const error = saturated(sample - band.signal)
    const size = error >= 0 ? error : -(error + 1)
    let interval = 1
    while (interval < LOW_DECISIONS.length && size >= (LOW_DECISIONS[interval]! * band.scale) >> 12) interval++
    const code = (error < 0 ? LOW_NEGATIVE : LOW_POSITIVE)[interval]!
    band.adapt((band.scale * LOW_LEVELS_4[code >> 2]!) >> 15, LOW_STEPS[code >> 2]!)
    return code
  }

  #codeHigh(sample: number): number {
    const band = this.#high
    const error = saturated(sample - band.signal)
    const large = (error >= 0 ? error : -(error + 1)) >= (HIGH_DECISION * band.scale) >> 12
    const code = (error < 0 ? 0 : 2) | (large ? 0 : 1)
    band.adapt((band.scale * HIGH_LEVELS[code]!) >> 15, HIGH_STEPS[code]!)
    return code
  }
}
