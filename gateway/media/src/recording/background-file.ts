import { open, rm } from 'node:fs/promises'
import { MediaError } from '../protocol/errors.ts'
import { Lanes } from './lanes.ts'

/** The part of a file handle that is used. */
export type Sink = {
  write(data: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesWritten: number }>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}
/** Bytes and the place in the file where they belong. */
export type Piece = { data: Uint8Array; at: number }
/** How audio lies in a file. Every byte has a fixed place, so what is never written leaves no shift, but silence. */
export type FileFormat = {
  /** A new file's first bytes. */
  begin(): Piece
  /** What is to be written, in this order, for the audio that came now; nothing if it must wait for more. */
  append(audio: Buffer): Piece[]
  /** What is still to be written, and how long the file is then. */
  end(): { pieces: Piece[]; length: number }
}
/** @param fatal nothing more is written; otherwise a stretch is missing */
export type Problem = (fatal: boolean, message: string) => void

/** A disk that hangs must not take all threads of libuv's pool (four): prompts are read by them too. */
const lanes = new Lanes(2)

/**
 * A file of a recording, written in the background: nobody waits for the disk, and what waits for it is bounded. It is
 * playable whenever the process dies.
 */
export class BackgroundFile {
  /** Bytes of audio that the disk did not take. */
  lost = 0
  readonly #sink: Sink
  readonly #format: FileFormat
  readonly #limit: number
  readonly #onProblem: Problem
  readonly #queue: { pieces: Piece[]; bytes: number; audio: number }[] = []
  #waiting = 0
  #dropping = false
  #failed = false
  #writing: Promise<void> = Promise.resolve()
  #idle = true

  constructor(sink: Sink, format: FileFormat, limitBytes: number, onProblem: Problem) {
    this.#sink = sink
    this.#format = format
    this.#limit = limitBytes
    this.#onProblem = onProblem
  }

  /** Makes a new file. Throws MediaError `recording_exists` or `recording_unwritable`. */
  static async create(
    path: string,
    format: FileFormat,
    limitBytes: number,
    onProblem: Problem,
  ): Promise<BackgroundFile> {
    const handle = await open(path, 'wx', 0o640).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw new MediaError('recording_exists', `${path} exists already`, 'path')
      throw new MediaError('recording_unwritable', `${path}: ${error.message}`, 'path')
    })
    const file = new BackgroundFile(handle, format, limitBytes, onProblem)
    await file.#write([format.begin()]).catch(async (error: Error) => {
      await handle.close()
      await rm(path, { force: true })
      throw new MediaError('recording_unwritable', `${path}: ${error.message}`, 'path')
    })
    return file
  }

  /** Appends audio without waiting for the disk. */
  append(audio: Buffer): void {
    if (this.#failed) {
      this.lost += audio.length
      return
    }
    const pieces = this.#format.append(audio)
    const bytes = pieces.reduce((sum, { data }) => sum + data.length, 0)
    if (bytes === 0) return
    if (this.#waiting + bytes > this.#limit) {
      this.lost += audio.length
      this.#drop()
      return
    }
    this.#dropping = false
    this.#waiting += bytes
    this.#queue.push({ pieces, bytes, audio: audio.length })
    if (this.#idle) this.#writing = this.#writeAll()
  }

  /** Writes what is left and closes. */
  async close(): Promise<void> {
    await this.#writing
    const { pieces, length } = this.#format.end()
    try {
      if (!this.#failed) {
        await lanes.run(() => this.#sink.truncate(length))
        await this.#write(pieces)
      }
    } catch (error) {
      this.#fail(error)
    }
    await this.#sink.close()
  }

  async #writeAll(): Promise<void> {
    this.#idle = false
    try {
      while (this.#queue.length > 0) {
        // All that waited for its turn goes in one: the more files there are, the fewer writes each takes.
        const turn = this.#queue.slice()
        await this.#write(merged(turn.flatMap(({ pieces }) => pieces)))
        this.#queue.splice(0, turn.length)
        for (const { bytes } of turn) this.#waiting -= bytes
      }
    } catch (error) {
      this.#fail(error)
    }
    this.#idle = true
  }

  async #write(pieces: Piece[]): Promise<void> {
    for (const { data, at } of pieces) {
      // A disk that is nearly full takes a part, and says why only when it is given the rest.
      for (let done = 0; done < data.length; ) {
        const { bytesWritten } = await lanes.run(() => this.#sink.write(data, done, data.length - done, at + done))
        done += bytesWritten
      }
    }
  }

  #drop(): void {
    if (!this.#dropping) this.#onProblem(false, 'the disk is too slow: a part of the recording is silence')
    this.#dropping = true
  }

  #fail(error: unknown): void {
    for (const { audio } of this.#queue) this.lost += audio
    this.#queue.length = 0
    this.#waiting = 0
    if (!this.#failed) this.#onProblem(true, error instanceof Error ? error.message : String(error))
    this.#failed = true
  }
}

/** The same bytes in fewer pieces: neighbours are joined, and what is written twice counts as it was last, in its last turn. */
function merged(pieces: readonly Piece[]): Piece[] {
  const newest = new Map<number, Piece>()
  for (const piece of pieces) {
    newest.delete(piece.at)
    newest.set(piece.at, piece)
  }
  const runs: { at: number; end: number; parts: Uint8Array[] }[] = []
  for (const { data, at } of newest.values()) {
    const before = runs.find(({ end }) => end === at)
    if (!before) runs.push({ at, end: at + data.length, parts: [data] })
    else {
      before.parts.push(data)
      before.end += data.length
    }
  }
  return runs.map(({ at, parts }) => ({ at, data: parts.length === 1 ? parts[0]! : Buffer.concat(parts) }))
}
