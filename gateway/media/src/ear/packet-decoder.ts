import type { Codec, Decoder } from '../codec/codec.ts'
import { decode, isG711, SAMPLE_RATE } from '../codec/g711.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { timestampDistance } from '../rtp/serial.ts'
import { Concealer } from './concealer.ts'

/** A hole longer than this is a pause of the sender, not loss. */
const LONGEST_HOLE_MS = 60

/** What a packet says, in telephone band. `before`: what was lost right before it, replaced. */
export type Said = { samples: Int16Array; before: Int16Array | undefined }

/** Decodes packets as they come, for listeners that put them in their places by their timestamps. */
export class PacketDecoder {
  readonly #concealer = new Concealer(SAMPLE_RATE)
  #codec: Codec | undefined
  #decoder: Decoder | undefined
  #ssrc: number | undefined
  /** Timestamp after the newest packet. */
  #end = 0

  /** Undefined for what cannot be decoded: noise in pauses, damage, and what comes too late for a codec with memory. */
  decode(packet: RtpPacket, codec: Codec): Said | undefined {
    if (codec.name === 'CN') return undefined
    const fresh = packet.ssrc !== this.#ssrc || codec !== this.#codec
    if (fresh) this.#restart(packet, codec)
    const hole = fresh ? 0 : timestampDistance(packet.timestamp, this.#end)
    if (hole < 0) return isG711(codec) ? { samples: decode(codec, packet.payload), before: undefined } : undefined
    const samples = this.#samples(packet.payload)
    if (!samples) return undefined
    const missing = Math.round((hole * SAMPLE_RATE) / codec.clockRate)
    const before = missing > 0 && missing <= LONGEST_HOLE_MS * 8 ? this.#concealer.next(missing) : undefined
    // Not joined: what was thought lost may still come, and then fits only the original.
    this.#concealer.stop()
    this.#concealer.heard(samples)
    this.#end = (packet.timestamp + codec.units(packet.payload)) >>> 0
    return { samples, before }
  }

  #samples(payload: Buffer): Int16Array | undefined {
    try {
      return this.#decoder!.decode(payload)
    } catch {
      return undefined
    }
  }

  #restart(packet: RtpPacket, codec: Codec): void {
    this.#ssrc = packet.ssrc
    this.#codec = codec
    this.#decoder = codec.decoder(SAMPLE_RATE)
    this.#end = packet.timestamp
  }
}
