import { codecs, type G711 } from '../codec/g711.ts'
import type { CodecName } from '../codec/names.ts'
import { DtmfReceiver } from '../rtp/dtmf-receiver.ts'
import { parseRtp, type RtpPacket } from '../rtp/packet.ts'
import { ReceiveStats } from '../rtp/receive-stats.ts'

/** RFC 3389: sent in pauses by phones that save bandwidth. A sign of life, and otherwise silence. */
const COMFORT_NOISE = 13

/** Hears a copy of what a leg sends in; must not change the payload. */
export type AudioTap = { audio(packet: RtpPacket, codec: G711, at: number): void }
/** Where a leg's packets go on to; owns the payload. */
export type Onward = {
  audio(packet: RtpPacket, codec: G711, at: number): void
  telephoneEvent(packet: RtpPacket, at: number): void
}
type KeyListener = { pressed(): void; released(digit: string, durationMs: number): void }

/** What comes in on a leg: counted, keys taken out, heard by taps, passed onward. */
export class LegInput {
  readonly stats = new ReceiveStats()
  readonly taps = new Set<AudioTap>()
  /** Set while the leg is bridged. */
  onward: Onward | undefined
  /** Its audio reaches nobody; keys still do. */
  muted = false
  /** False while the stream is on hold in this direction. */
  open = true
  lastPacketAt: number | undefined
  readonly #keys: DtmfReceiver
  #formats = new Map<number, G711>()
  #telephoneEvent: number | undefined

  constructor(keys: KeyListener) {
    this.#keys = new DtmfReceiver(keys)
    this.expect([], undefined)
  }

  /** What may come in, beyond the static payload types of G.711 (which stay right across a re-INVITE). */
  expect(formats: { payloadType: number; codec: CodecName }[], telephoneEvent: number | undefined): void {
    this.#formats = new Map(Object.values(codecs).map((codec) => [codec.payloadType, codec]))
    for (const { payloadType, codec } of formats) this.#formats.set(payloadType, codecs[codec])
    this.#telephoneEvent = telephoneEvent
  }

  /** Reads a datagram; undefined when it is no packet of this stream. */
  recognise(data: Buffer): RtpPacket | undefined {
    const packet = parseRtp(data)
    const type = packet?.payloadType
    if (type === undefined) return undefined
    const known = this.#formats.has(type) || type === this.#telephoneEvent || type === COMFORT_NOISE
    return known ? packet : undefined
  }

  /** Takes in a packet that `recognise` returned. @param at arrival on the monotonic clock in ms */
  accept(packet: RtpPacket, at: number): void {
    this.lastPacketAt = at
    this.stats.count(packet, at)
    if (packet.payloadType === this.#telephoneEvent) {
      this.#keys.receive(packet, at)
      if (!this.muted) this.onward?.telephoneEvent(packet, at)
      return
    }
    const codec = this.#formats.get(packet.payloadType)
    if (!codec || !this.open || this.muted || packet.payload.length === 0) return
    for (const tap of this.taps) tap.audio(packet, codec, at)
    this.onward?.audio(packet, codec, at)
  }

  tick(at: number): void {
    this.#keys.tick(at, this.stats.ssrc)
  }
}
