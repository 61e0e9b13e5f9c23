import type { Codec } from '../codec/codec.ts'
import { comfortNoise } from '../codec/comfort-noise.ts'
import { narrowLinear, wideLinear } from '../codec/l16.ts'
import { codecs } from '../codec/register.ts'
import { parseRtp, type RtpPacket, writeRtp } from '../rtp/packet.ts'

/** Line (4 bytes), codec (1), moment (8), length of the RTP packet (2). */
const HEADER_BYTES = 15
/** In the place of a codec: an RFC 4733 packet. */
const KEY = 0xff

/** A codec is its place here. */
const carried: readonly Codec[] = [...Object.values(codecs), comfortNoise, narrowLinear, wideLinear]

/** A packet on its way between threads. Without a codec it is a key's. */
export type Carried = { line: number; packet: RtpPacket; codec: Codec | undefined; at: number }

/** Writes packets one after the other into a buffer of their own, which can be transferred. */
export class PacketBatch {
  #parts: Buffer[] = []
  #length = 0

  get empty(): boolean {
    return this.#length === 0
  }

  add({ line, packet, codec, at }: Carried): void {
    const rtp = writeRtp(packet)
    const header = Buffer.allocUnsafe(HEADER_BYTES)
    header.writeUInt32LE(line, 0)
    header[4] = codec ? carried.indexOf(codec) : KEY
    header.writeDoubleLE(at, 5)
    header.writeUInt16LE(rtp.length, 13)
    this.#parts.push(header, rtp)
    this.#length += HEADER_BYTES + rtp.length
  }

  /** All that was added since the last time. */
  take(): ArrayBuffer {
    const data = new Uint8Array(this.#length)
    let at = 0
    for (const part of this.#parts) {
      data.set(part, at)
      at += part.length
    }
    this.#parts = []
    this.#length = 0
    return data.buffer
  }
}

/** The packets of a batch; their payloads are views into it. */
export function* readBatch(batch: ArrayBuffer): Generator<Carried> {
  const data = Buffer.from(batch)
  for (let start = 0; start < data.length; ) {
    const body = start + HEADER_BYTES
    const end = body + data.readUInt16LE(start + 13)
    const packet = parseRtp(data.subarray(body, end))
    const codec = carried[data[start + 4]!]
    if (packet) yield { line: data.readUInt32LE(start), packet, codec, at: data.readDoubleLE(start + 5) }
    start = end
  }
}
