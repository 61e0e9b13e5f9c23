import { createDecipheriv } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { RecordingKeys } from './recording-keys.ts'

/** The layout is described in gateway/media/README.md, which writes it. */
export const SEAL_HEADER_BYTES = 84
const MAGIC = 'RINGREC1'
const NAMED_BYTES = 24
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Read and opened at a time. */
const CHUNKS_AT_ONCE = 16

type Layout = { sampleRate: number; channels: number; chunkBytes: number; key: Buffer }

/** The samples of a sealed recording, opened chunk by chunk. */
export class SealedAudio {
  readonly sampleRate: number
  readonly channels: number
  readonly bytes: number
  readonly #file: FileHandle
  readonly #layout: Layout

  private constructor(file: FileHandle, layout: Layout, bytes: number) {
    this.#file = file
    this.#layout = layout
    this.sampleRate = layout.sampleRate
    this.channels = layout.channels
    this.bytes = bytes
  }

  static isSealed(head: Buffer): boolean {
    return head.length === SEAL_HEADER_BYTES && head.toString('latin1', 0, MAGIC.length) === MAGIC
  }

  /** @param size of the file; what a killed writer left behind the last whole chunk is not counted */
  static async open(file: FileHandle, head: Buffer, size: number, keys: RecordingKeys): Promise<SealedAudio> {
    const layout = readLayout(head, keys)
    const step = layout.chunkBytes + TAG_BYTES
    const whole = Math.floor((size - SEAL_HEADER_BYTES) / step)
    const rest = size - SEAL_HEADER_BYTES - whole * step - TAG_BYTES
    const end = whole * layout.chunkBytes
    const audio = new SealedAudio(file, layout, end + Math.max(0, rest))
    return rest <= 0 || (await audio.#opens(end)) ? audio : new SealedAudio(file, layout, end)
  }

  /** The bytes of a stretch. Throws when a chunk of it was changed. */
  async *read(from: number, to: number): AsyncGenerator<Buffer> {
    const { chunkBytes } = this.#layout
    const end = Math.min(to, this.bytes)
    for (let at = from; at < end; ) {
      const first = Math.floor(at / chunkBytes)
      const chunks = await this.#chunks(first, Math.min(CHUNKS_AT_ONCE, Math.ceil(end / chunkBytes) - first))
      const start = first * chunkBytes
      yield chunks.subarray(at - start, end - start)
      at = start + chunks.length
    }
  }

  /** Whether the chunk at a place is one that was written to its end. */
  async #opens(at: number): Promise<boolean> {
    return this.#chunks(at / this.#layout.chunkBytes, 1).then(
      () => true,
      () => false,
    )
  }

  async #chunks(first: number, count: number): Promise<Buffer> {
    const { chunkBytes } = this.#layout
    const step = chunkBytes + TAG_BYTES
    const sealed = Buffer.alloc(count * step)
    const { bytesRead } = await this.#file.read(sealed, 0, sealed.length, SEAL_HEADER_BYTES + first * step)
    if (bytesRead <= TAG_BYTES) throw new Error('the recording became shorter while it was read')
    const opened: Buffer[] = []
    for (let i = 0; i * step < bytesRead; i++) {
      opened.push(this.#open(sealed.subarray(i * step, Math.min((i + 1) * step, bytesRead)), first + i))
    }
    return Buffer.concat(opened)
  }

  #open(sealed: Buffer, number: number): Buffer {
    // A place that was never written, because the disk was too slow.
    if (sealed.every((byte) => byte === 0)) return Buffer.alloc(sealed.length - TAG_BYTES)
    const nonce = Buffer.alloc(NONCE_BYTES)
    nonce.writeUIntBE(number, NONCE_BYTES - 6, 6)
    try {
      return decipher(sealed, this.#layout.key, nonce)
    } catch {
      throw new Error(`chunk ${number} of the recording is damaged`)
    }
  }
}

function readLayout(head: Buffer, keys: RecordingKeys): Layout {
  const keyId = head.toString('hex', 16, NAMED_BYTES)
  const master = keys.get(keyId)
  if (!master) throw new Error(`the recording is sealed with a key that is not among the settings (key ${keyId})`)
  const wrappedAt = NAMED_BYTES + NONCE_BYTES
  try {
    const named = head.subarray(0, NAMED_BYTES)
    const key = decipher(head.subarray(wrappedAt), master, head.subarray(NAMED_BYTES, wrappedAt), named)
    return { sampleRate: head.readUInt32LE(8), channels: head.readUInt16LE(12), chunkBytes: head.readUInt16LE(14), key }
  } catch {
    throw new Error('the header of the recording is damaged')
  }
}

function decipher(sealed: Buffer, key: Buffer, nonce: Buffer, named: Buffer = Buffer.alloc(0)): Buffer {
  const gcm = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  gcm.setAAD(named).setAuthTag(sealed.subarray(-TAG_BYTES))
  return Buffer.concat([gcm.update(sealed.subarray(0, -TAG_BYTES)), gcm.final()])
}
