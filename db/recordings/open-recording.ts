import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { RecordingKeys } from './recording-keys.ts'
import { SEAL_HEADER_BYTES, SealedAudio } from './sealed-audio.ts'
import { wavHeader } from './wav-header.ts'

/** A recording as the WAV file it is to its listeners, however it lies on the disk. */
export type OpenRecording = AsyncDisposable & {
  /** Length of the WAV. */
  bytes: number
  /**
   * A part of the WAV. Fails when the file was tampered with there.
   * @param from the first byte
   * @param to the byte after the last
   */
  read(from: number, to: number): Readable
}

/**
 * Opens a sealed recording or a plain WAV file for reading, from any place. Rejects with the error of the file system
 * (`ENOENT`), and with a sentence when the key is missing or the header is damaged.
 */
export async function openRecording(path: string, keys: RecordingKeys): Promise<OpenRecording> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(Math.min(SEAL_HEADER_BYTES, size))
    await file.read(head, 0, head.length, 0)
    return SealedAudio.isSealed(head) ? sealed(file, await SealedAudio.open(file, head, size, keys)) : plain(file, size)
  } catch (error) {
    await file.close()
    throw error
  }
}

function sealed(file: FileHandle, audio: SealedAudio): OpenRecording {
  const header = wavHeader(audio.sampleRate, audio.channels, audio.bytes)
  async function* part(from: number, to: number) {
    if (from < header.length) yield header.subarray(from, to)
    const [first, end] = [from, to].map((at) => Math.max(0, at - header.length)) as [number, number]
    yield* audio.read(first, end)
  }
  return {
    bytes: header.length + audio.bytes,
    read: (from, to) => Readable.from(part(from, to), { objectMode: false }),
    [Symbol.asyncDispose]: () => file.close(),
  }
}

function plain(file: FileHandle, size: number): OpenRecording {
  return {
    bytes: size,
    read: (from, to) =>
      to > from ? file.createReadStream({ start: from, end: to - 1, autoClose: false }) : Readable.from([]),
    [Symbol.asyncDispose]: () => file.close(),
  }
}
