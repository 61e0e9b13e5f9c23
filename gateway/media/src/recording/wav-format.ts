import { SAMPLE_RATE } from '../codec/g711.ts'
import { wavHeader } from '../codec/wav.ts'
import type { FileFormat, Piece } from './background-file.ts'

const HEADER_BYTES = 44
const CHANNELS = 2

/** A stereo WAV file. Its header is renewed after every piece. */
export class WavFormat implements FileFormat {
  #length = 0

  begin(): Piece {
    return this.#header()
  }

  append(audio: Buffer): Piece[] {
    const at = HEADER_BYTES + this.#length
    this.#length += audio.length
    return [{ data: audio, at }, this.#header()]
  }

  end(): { pieces: Piece[]; length: number } {
    return { pieces: [this.#header()], length: HEADER_BYTES + this.#length }
  }

  #header(): Piece {
    return { data: wavHeader(SAMPLE_RATE, CHANNELS, this.#length), at: 0 }
  }
}
