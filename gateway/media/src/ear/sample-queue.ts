/** Linear samples in the order they are to be heard. */
export class SampleQueue {
  #samples = new Int16Array(4_096)
  #from = 0
  #to = 0

  get length(): number {
    return this.#to - this.#from
  }

  /** All that waits; valid until the next change. */
  get waiting(): Int16Array {
    return this.#samples.subarray(this.#from, this.#to)
  }

  push(samples: Int16Array): void {
    if (this.#to + samples.length > this.#samples.length) this.#makeRoom(samples.length)
    this.#samples.set(samples, this.#to)
    this.#to += samples.length
  }

  /** Fills `into` from the front; there must be enough. */
  take(into: Int16Array): void {
    into.set(this.#samples.subarray(this.#from, this.#from + into.length))
    this.#from += into.length
  }

  /** Shortens the queue by one period at its front: two of them are blended into one. */
  blend(period: number): void {
    const { waiting } = this
    for (let i = 0; i < period; i++) {
      const share = (i + 1) / (period + 1)
      waiting[period + i] = Math.round(waiting[i]! * (1 - share) + waiting[period + i]! * share)
    }
    this.#from += period
  }

  #makeRoom(count: number): void {
    const { waiting } = this
    const room =
      waiting.length + count > this.#samples.length ? new Int16Array((waiting.length + count) * 2) : this.#samples
    room.set(waiting)
    this.#to = waiting.length
    this.#from = 0
    this.#samples = room
  }
}
