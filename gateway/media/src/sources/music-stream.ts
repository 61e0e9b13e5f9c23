import { encode, FRAME_SAMPLES, type G711 } from '../codec/g711.ts'
import type { CodecName } from '../codec/names.ts'
import type { Source } from './source.ts'

/**
 * One piece of music that runs on by itself, heard by any number of legs: everyone hears the same moment, and each
 * frame is encoded once for each codec. Its place follows from the tick's number, so nobody has to turn it.
 */
export class MusicStream implements Source {
  readonly #samples: Int16Array
  readonly #frames = new Map<CodecName, { tick: number; payload: Buffer }>()
  readonly #frame = new Int16Array(FRAME_SAMPLES)

  constructor(samples: Int16Array) {
    this.#samples = samples
  }

  read(into: Int16Array, tick: number): boolean {
    const length = this.#samples.length
    if (length === 0) return false
    let at = (tick * FRAME_SAMPLES) % length
    for (let filled = 0; filled < FRAME_SAMPLES; ) {
      const part = this.#samples.subarray(at, at + FRAME_SAMPLES - filled)
      into.set(part, filled)
      filled += part.length
      at = (at + part.length) % length
    }
    return true
  }

  encoded(codec: G711, tick: number): Buffer {
    const known = this.#frames.get(codec.name)
    if (known?.tick === tick) return known.payload
    this.read(this.#frame, tick)
    const payload = Buffer.allocUnsafeSlow(FRAME_SAMPLES)
    encode(codec, this.#frame, payload)
    this.#frames.set(codec.name, { tick, payload })
    return payload
  }
}
