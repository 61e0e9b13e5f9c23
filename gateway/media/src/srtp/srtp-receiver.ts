import { createHmac, timingSafeEqual } from 'node:crypto'
import { headerBytes } from '../rtp/packet.ts'
import type { SrtpKey } from '../sdp/crypto-lines.ts'
import { ReplayWindow } from './replay-window.ts'
import { applyCipher, deriveKeys, type SessionKeys } from './session-keys.ts'

/** Streams remembered; a peer that changes its SSRC more often loses the oldest. */
const MAX_STREAMS = 8
const RTCP_HEADER_BYTES = 8
const ENCRYPTED = 0x8000_0000

type Stream = { rollovers: number; highest: number; window: ReplayWindow }

/** Checks and decrypts what comes in. What is not authentic, or came before, is undefined. */
export class SrtpReceiver {
  readonly key: SrtpKey
  readonly #rtp: SessionKeys
  readonly #rtcp: SessionKeys
  readonly #streams = new Map<number, Stream>()
  readonly #rtcpWindow = new ReplayWindow()

  constructor(key: SrtpKey) {
    this.key = key
    this.#rtp = deriveKeys(key, 'rtp')
    this.#rtcp = deriveKeys(key, 'rtcp')
  }

  rtp(data: Buffer): Buffer | undefined {
    const { auth, tagBytes } = this.#rtp
    const end = data.length - tagBytes
    const start = headerBytes(data)
    if (start === 0 || start > end) return undefined
    const sequence = data.readUInt16BE(2)
    const ssrc = data.readUInt32BE(8)
    const stream = this.#streams.get(ssrc) ?? { rollovers: 0, highest: sequence, window: new ReplayWindow() }
    const rollovers = guessRollovers(stream, sequence)
    const index = rollovers * 0x1_0000 + sequence
    if (rollovers < 0 || !stream.window.admits(index)) return undefined
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(rollovers)
    const tag = createHmac('sha1', auth).update(data.subarray(0, end)).update(counter).digest()
    if (!timingSafeEqual(tag.subarray(0, tagBytes), data.subarray(end))) return undefined
    stream.window.note(index)
    if (index >= stream.rollovers * 0x1_0000 + stream.highest) Object.assign(stream, { rollovers, highest: sequence })
    this.#remember(ssrc, stream)
    return Buffer.concat([data.subarray(0, start), applyCipher(this.#rtp, ssrc, index, data.subarray(start, end))])
  }

  rtcp(data: Buffer): Buffer | undefined {
    const { auth, tagBytes } = this.#rtcp
    const end = data.length - tagBytes - 4
    if (end < RTCP_HEADER_BYTES) return undefined
    const word = data.readUInt32BE(end)
    const index = word & 0x7fff_ffff
    if (!this.#rtcpWindow.admits(index)) return undefined
    const tag = createHmac('sha1', auth)
      .update(data.subarray(0, end + 4))
      .digest()
    if (!timingSafeEqual(tag.subarray(0, tagBytes), data.subarray(end + 4))) return undefined
    this.#rtcpWindow.note(index)
    if ((word & ENCRYPTED) === 0) return data.subarray(0, end)
    const body = applyCipher(this.#rtcp, data.readUInt32BE(4), index, data.subarray(RTCP_HEADER_BYTES, end))
    return Buffer.concat([data.subarray(0, RTCP_HEADER_BYTES), body])
  }

  #remember(ssrc: number, stream: Stream): void {
    this.#streams.delete(ssrc)
    this.#streams.set(ssrc, stream)
    if (this.#streams.size <= MAX_STREAMS) return
    const [oldest] = this.#streams.keys()
    this.#streams.delete(oldest!)
  }
}

/** The roll-over counter a sequence most likely has, RFC 3711 3.3.1. */
function guessRollovers({ rollovers, highest }: Stream, sequence: number): number {
  if (highest < 0x8000) return sequence - highest > 0x8000 ? rollovers - 1 : rollovers
  return highest - 0x8000 > sequence ? rollovers + 1 : rollovers
}
