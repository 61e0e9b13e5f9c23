import { open } from 'node:fs/promises'
import { SAMPLE_RATE } from '../codec/g711.ts'
import { wavHeader } from '../codec/wav.ts'
import { MediaError } from '../protocol/errors.ts'

const HEADER_BYTES = 44
const CHANNELS = 2

/** The part of a file handle that is used. */
export type WavSink = {
  write(data: Uint8Array, offset: number, length: number, position: number): Promise<unknown>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}
type Problem = (fatal: boolean, message: string) => void

/**
 * A stereo WAV file written in the background. The header is renewed after every chunk, so the file is playable
 * whenever the process dies. Chunks have fixed places: one dropped because the disk is too slow leaves silence.
 */
export class WavFile {
  readonly #sink: WavSink
  readonly #limit: number
  readonly #onProblem: Problem
  readonly #queue: { data: Buffer; at: number }[] = []
  #waiting = 0
  #length = 0
  #dropping = false
  #failed = false
  #writing: Promise<void> = Promise.resolve()
  #idle = true

  constructor(sink: WavSink, limitBytes: number, onProblem: Problem) {
    this.#sink = sink
    this.#limit = limitBytes
    this.#onProblem = onProblem
  }

  /** Makes a new file. Throws MediaError `recording_exists` or `recording_unwritable`. */
  static async create(path: string, limitBytes: number, onProblem: Problem): Promise<WavFile> {
    const handle = await open(path, 'wx', 0o640).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw new MediaError('recording_exists', `${path} exists already`, 'path')
      throw new MediaError('recording_unwritable', `${path}: ${error.message}`, 'path')
    })
    const file = new WavFile(handle, limitBytes, onProblem)
    await file.#writeHeader(0).catch(async (error: Error) => {
      await handle.close()
      throw new MediaError('recording_unwritable', `${path}: ${error.message}`, 'path')
    })
    return file
  }

  /** Appends samples without waiting for the disk. */
  append(samples: Int16Array): void {
    const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
    const at = this.#length
    this.#length += data.length
    if (this.#failed) return
    if (this.#waiting + data.length > this.#limit) {
      this.#drop()
      return
    }
    this.#dropping = false
    this.#waiting += data.length
    this.#queue.push({ data, at })
    if (this.#idle) this.#writing = this.#writeAll()
  }

  /** Writes what is left and closes. */
  async close(): Promise<void> {
    await this.#writing
    try {
      await this.#sink.truncate(HEADER_BYTES + this.#length)
      await this.#writeHeader(this.#length)
    } catch (error) {
      this.#fail(error)
    }
    await this.#sink.close()
  }

  async #writeAll(): Promise<void> {
    this.#idle = false
    try {
      for (let chunk = this.#queue.shift(); chunk; chunk = this.#queue.shift()) {
        await this.#sink.write(chunk.data, 0, chunk.data.length, HEADER_BYTES + chunk.at)
        await this.#writeHeader(chunk.at + chunk.data.length)
        this.#waiting -= chunk.data.length
      }
    } catch (error) {
      this.#fail(error)
    }
    this.#idle = true
  }

  async #writeHeader(dataBytes: number): Promise<void> {
    await this.#sink.write(wavHeader(SAMPLE_RATE, CHANNELS, dataBytes), 0, HEADER_BYTES, 0)
  }

  #drop(): void {
    if (!this.#dropping) this.#onProblem(false, 'the disk is too slow: a part of the recording is silence')
    this.#dropping = true
  }

  #fail(error: unknown): void {
    this.#queue.length = 0
    if (!this.#failed) this.#onProblem(true, error instanceof Error ? error.message : String(error))
    this.#failed = true
  }
}
