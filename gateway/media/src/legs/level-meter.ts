import type { G711 } from '../codec/g711.ts'

/** Measures loudness between two readings. */
export class LevelMeter {
  #sum = 0
  #samples = 0

  add(payload: Uint8Array, codec: G711): void {
    const table = codec.toLinear
    for (const byte of payload) {
      const sample = table[byte]! / 32_768
      this.#sum += sample * sample
    }
    this.#samples += payload.length
  }

  /** Root mean square since the last reading, 0..1; 0 when nothing came. */
  read(): number {
    const level = this.#samples === 0 ? 0 : Math.sqrt(this.#sum / this.#samples)
    this.#sum = 0
    this.#samples = 0
    return Math.round(level * 10_000) / 10_000
  }
}
