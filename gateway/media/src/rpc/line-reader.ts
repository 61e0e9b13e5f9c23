import { MAX_LINE_BYTES } from '../protocol/wire.ts'

const NEWLINE = 0x0a

/** Cuts a byte stream into lines. */
export class LineReader {
  #parts: Buffer[] = []
  #length = 0

  /** Takes bytes; returns the lines completed by them. Throws RangeError when a line is longer than the limit. */
  push(data: Buffer): string[] {
    const lines: string[] = []
    let start = 0
    for (let end = data.indexOf(NEWLINE); end >= 0; end = data.indexOf(NEWLINE, start)) {
      this.#keep(data.subarray(start, end))
      lines.push(Buffer.concat(this.#parts).toString('utf8'))
      this.#parts = []
      this.#length = 0
      start = end + 1
    }
    this.#keep(data.subarray(start))
    return lines
  }

  #keep(part: Buffer): void {
    this.#length += part.length
    if (this.#length > MAX_LINE_BYTES) throw new RangeError(`a line is longer than ${MAX_LINE_BYTES} bytes`)
    if (part.length > 0) this.#parts.push(part)
  }
}
