import { INVERSE_LOG } from './tables.ts'

const POLES = 2
const ZEROS = 6

/** What distinguishes the lower from the higher band. */
export type BandShape = { largestLog: number; logShift: number; firstScale: number }
export const lowerBand: BandShape = { largestLog: 18_432, logShift: 8, firstScale: 32 }
export const higherBand: BandShape = { largestLog: 22_528, logShift: 10, firstScale: 8 }

/**
 * One sub-band of ITU-T G.722: the adaptive quantizer's scale and the adaptive predictor (3.6), the same in encoder and
 * decoder. All arithmetic is that of the recommendation, 16 bit saturating.
 */
export class Band {
  /** Predicted signal. */
  signal = 0
  /** Scale of the quantizer. */
  scale: number
  readonly #shape: BandShape
  #log = 0
  #zeroPart = 0
  readonly #poles = new Int32Array(POLES + 1)
  readonly #zeros = new Int32Array(ZEROS + 1)
  readonly #differences = new Int32Array(ZEROS + 1)
  readonly #rebuilt = new Int32Array(POLES + 1)
  readonly #partial = new Int32Array(POLES + 1)

  constructor(shape: BandShape) {
    this.#shape = shape
    this.scale = shape.firstScale
  }

  /** Adapts to one quantized sample. @param difference quantized; @param step of the scale for its code */
  adapt(difference: number, step: number): void {
    this.#rescale(step)
    this.#predict(difference)
  }

  /** 3.5: the scale follows the codes, with a leak. */
  #rescale(step: number): void {
    const { largestLog, logShift } = this.#shape
    this.#log = Math.max(0, Math.min(largestLog, ((this.#log * 127) >> 7) + step))
    const mantissa = INVERSE_LOG[(this.#log >> 6) & 31]!
    const shift = logShift - (this.#log >> 11)
    this.scale = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2
  }

  #predict(difference: number): void {
    const rebuilt = this.#rebuilt
    const partial = this.#partial
    const differences = this.#differences
    differences[0] = difference
    rebuilt[0] = saturated(this.signal + difference)
    partial[0] = saturated(this.#zeroPart + difference)
    this.#adaptPoles()
    this.#adaptZeros()
    differences.copyWithin(1, 0, ZEROS)
    rebuilt.copyWithin(1, 0, POLES)
    partial.copyWithin(1, 0, POLES)
    const poles = this.#poles
    const polePart = saturated(product(poles[1]!, 2 * rebuilt[1]!) + product(poles[2]!, 2 * rebuilt[2]!))
    let zeroPart = 0
    for (let i = ZEROS; i > 0; i--) zeroPart += product(this.#zeros[i]!, 2 * differences[i]!)
    this.#zeroPart = saturated(zeroPart)
    this.signal = saturated(polePart + this.#zeroPart)
  }

  /** 3.6.3: the second pole first, then the first within what keeps the filter stable. */
  #adaptPoles(): void {
    const poles = this.#poles
    const [now, before, earlier] = this.#partial
    const same = sameSign(now!, before!)
    const fourfold = saturated(poles[1]! << 2)
    const pull = Math.min(32_767, same ? -fourfold : fourfold)
    const second = (pull >> 7) + (sameSign(now!, earlier!) ? 128 : -128) + ((poles[2]! * 32_512) >> 15)
    poles[2] = Math.max(-12_288, Math.min(12_288, second))
    const first = saturated((same ? 192 : -192) + ((poles[1]! * 32_640) >> 15))
    const bound = saturated(15_360 - poles[2]!)
    poles[1] = Math.max(-bound, Math.min(bound, first))
  }

  #adaptZeros(): void {
    const zeros = this.#zeros
    const differences = this.#differences
    const gain = differences[0] === 0 ? 0 : 128
    for (let i = 1; i <= ZEROS; i++) {
      const push = sameSign(differences[i]!, differences[0]!) ? gain : -gain
      zeros[i] = saturated(push + ((zeros[i]! * 32_640) >> 15))
    }
  }
}

export function saturated(value: number): number {
  return value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value
}

function product(coefficient: number, doubled: number): number {
  return (coefficient * saturated(doubled)) >> 15
}

function sameSign(a: number, b: number): boolean {
  return a < 0 === b < 0
}
