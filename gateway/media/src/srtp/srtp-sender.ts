import { createHmac } from 'node:crypto'
import { headerBytes } from '../rtp/packet.ts'
import { sequenceDistance } from '../rtp/serial.ts'
import type { SrtpKey } from '../sdp/crypto-lines.ts'
import { applyCipher, deriveKeys, type SessionKeys } from './session-keys.ts'

const RTCP_HEADER_BYTES = 8
/** The bit that says that an RTCP packet is encrypted, RFC 3711 3.4. */
const ENCRYPTED = 0x8000_0000

/** Encrypts and signs what we send, one SSRC. */
export class SrtpSender {
  readonly key: SrtpKey
  readonly #rtp: SessionKeys
  readonly #rtcp: SessionKeys
  #rollovers = 0
  #highest: number | undefined
  #rtcpIndex = 0

  constructor(key: SrtpKey) {
    this.key = key
    this.#rtp = deriveKeys(key, 'rtp')
    this.#rtcp = deriveKeys(key, 'rtcp')
  }

  /** @param packet of our own making */
  rtp(packet: Buffer): Buffer {
    const sequence = packet.readUInt16BE(2)
    const rollovers = this.#rolloversAt(sequence)
    const head = packet.subarray(0, headerBytes(packet))
    const body = applyCipher(
      this.#rtp,
      packet.readUInt32BE(8),
      rollovers * 0x1_0000 + sequence,
      packet.subarray(head.length),
    )
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(rollovers)
    const { auth, tagBytes } = this.#rtp
    const tag = createHmac('sha1', auth).update(head).update(body).update(counter).digest()
    return Buffer.concat([head, body, tag.subarray(0, tagBytes)])
  }

  rtcp(packet: Buffer): Buffer {
    this.#rtcpIndex = (this.#rtcpIndex + 1) & 0x7fff_ffff
    const head = packet.subarray(0, RTCP_HEADER_BYTES)
    const body = applyCipher(this.#rtcp, packet.readUInt32BE(4), this.#rtcpIndex, packet.subarray(RTCP_HEADER_BYTES))
    const index = Buffer.alloc(4)
    index.writeUInt32BE((ENCRYPTED | this.#rtcpIndex) >>> 0)
    const { auth, tagBytes } = this.#rtcp
    const tag = createHmac('sha1', auth).update(head).update(body).update(index).digest()
    return Buffer.concat([head, body, index, tag.subarray(0, tagBytes)])
  }

  /** The roll-over counter of a sequence; a relayed stream may come in disorder around the roll-over. */
  #rolloversAt(sequence: number): number {
    const highest = this.#highest
    if (highest === undefined) {
      this.#highest = sequence
      return 0
    }
    if (sequenceDistance(sequence, highest) <= 0) return sequence > highest ? this.#rollovers - 1 : this.#rollovers
    if (sequence < highest) this.#rollovers++
    this.#highest = sequence
    return this.#rollovers
  }
}
