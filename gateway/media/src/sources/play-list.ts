import { FRAME_SAMPLES } from '../codec/g711.ts'
import type { Source } from './source.ts'

/** Several decoded files one after the other, without a gap: a frame may hold the end of one and the start of the next. */
export class PlayList implements Source {
  readonly #files: readonly Int16Array[]
  readonly #loop: boolean
  #file = 0
  #sample = 0

  constructor(files: readonly Int16Array[], loop: boolean) {
    this.#files = files.filter((file) => file.length > 0)
    this.#loop = loop
  }

  read(into: Int16Array): boolean {
    let filled = 0
    while (filled < FRAME_SAMPLES) {
      const file = this.#files[this.#file]
      if (!file) break
      const part = file.subarray(this.#sample, this.#sample + FRAME_SAMPLES - filled)
      into.set(part, filled)
      filled += part.length
      this.#sample += part.length
      if (this.#sample >= file.length) this.#nextFile()
    }
    if (filled === 0) return false
    into.fill(0, filled, FRAME_SAMPLES)
    return true
  }

  #nextFile(): void {
    this.#sample = 0
    this.#file++
    if (this.#loop && this.#file === this.#files.length) this.#file = 0
  }
}
