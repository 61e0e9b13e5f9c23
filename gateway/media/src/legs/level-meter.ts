/** Measures loudness between two readings. */
export class LevelMeter {
  #sum = 0
  #samples = 0

  add(samples: Int16Array): void {
    for (const sample of samples) this.#sum += (sample / 32_768) ** 2
    this.#samples += samples.length
  }

  /** Root mean square since the last reading, 0..1; 0 when nothing came. */
  read(): number {
    const level = this.#samples === 0 ? 0 : Math.sqrt(this.#sum / this.#samples)
    this.#sum = 0
    this.#samples = 0
    return Math.round(level * 10_000) / 10_000
  }
}
