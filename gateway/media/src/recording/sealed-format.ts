import { createCipheriv, randomBytes } from 'node:crypto'
import { SAMPLE_RATE } from '../codec/g711.ts'
import type { FileFormat, Piece } from './background-file.ts'
import { keyIdOf } from './recording-key.ts'

const CHANNELS = 2
const HEADER_BYTES = 84
/** The part of the header that the wrapped key vouches for. */
const NAMED_BYTES = 24
/** 128 ms: what a kill loses beyond what has not been flushed. */
const CHUNK_BYTES = 4_096
const TAG_BYTES = 16
const NONCE_BYTES = 12

/**
 * Stereo audio sealed by AES-256-GCM under a key of its own, which the header holds wrapped by the master key. Every
 * chunk is sealed by itself, once, with its number as nonce: so the file can be sought, grows without anything being
 * written twice, and a chunk moved elsewhere does not open. The layout is in the README.
 */
export class SealedFormat implements FileFormat {
  readonly #masterKey: Buffer
  readonly #key = randomBytes(32)
  #rest: Buffer = Buffer.alloc(0)
  #chunks = 0

  /** @param masterKey 32 bytes */
  constructor(masterKey: Buffer) {
    this.#masterKey = masterKey
  }

  begin(): Piece {
    const named = Buffer.alloc(NAMED_BYTES)
    named.write('RINGREC1', 0, 'latin1')
    named.writeUInt32LE(SAMPLE_RATE, 8)
    named.writeUInt16LE(CHANNELS, 12)
    named.writeUInt16LE(CHUNK_BYTES, 14)
    keyIdOf(this.#masterKey).copy(named, 16)
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#masterKey, nonce).setAAD(named)
    const wrapped = Buffer.concat([cipher.update(this.#key), cipher.final(), cipher.getAuthTag()])
    return { data: Buffer.concat([named, nonce, wrapped]), at: 0 }
  }

  append(audio: Buffer): Piece[] {
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, audio]) : audio
    const count = Math.floor(all.length / CHUNK_BYTES)
    // A copy: the samples' own buffer would be kept alive for a few bytes.
    this.#rest = Buffer.from(all.subarray(count * CHUNK_BYTES))
    if (count === 0) return []
    const at = this.#place()
    const chunks = Array.from({ length: count }, (_, i) =>
      this.#seal(all.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES)),
    )
    return [{ data: Buffer.concat(chunks), at }]
  }

  end(): { pieces: Piece[]; length: number } {
    const at = this.#place()
    if (this.#rest.length === 0) return { pieces: [], length: at }
    const data = this.#seal(this.#rest)
    return { pieces: [{ data, at }], length: at + data.length }
  }

  #place(): number {
    return HEADER_BYTES + this.#chunks * (CHUNK_BYTES + TAG_BYTES)
  }

  #seal(chunk: Buffer): Buffer {
    const nonce = Buffer.alloc(NONCE_BYTES)
    nonce.writeUIntBE(this.#chunks++, NONCE_BYTES - 6, 6)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
  }
}
