import { performance } from 'node:perf_hooks'
import type { Codec } from '../codec/codec.ts'
import { comfortNoise } from '../codec/comfort-noise.ts'
import { pcma, pcmu, SAMPLE_RATE } from '../codec/g711.ts'
import { codecs } from '../codec/register.ts'
import { inTelephoneClock } from '../rtp/dtmf.ts'
import { DtmfReceiver } from '../rtp/dtmf-receiver.ts'
import { parseRtp, type RtpPacket } from '../rtp/packet.ts'
import { ReceiveStats } from '../rtp/receive-stats.ts'
import type { AudioFormat, EventFormat } from '../sdp/audio-formats.ts'

/** Hears a copy of what a leg sends in; must not change the payload. */
export type AudioTap = { audio(packet: RtpPacket, codec: Codec, at: number): void }
/** Where a leg's packets go on to; owns the payload. Durations of keys are in units of 8 kHz whatever the codec. */
export type Onward = {
  audio(packet: RtpPacket, codec: Codec, at: number): void
  telephoneEvent(packet: RtpPacket, at: number): void
}

/** A pause without any noise. */
const SILENT_PAUSE: RtpPacket = {
  payloadType: comfortNoise.payloadType,
  marker: false,
  sequence: 0,
  timestamp: 0,
  ssrc: 0,
  payload: Buffer.from([127]),
}

type KeyListener = { pressed(): void; released(digit: string, durationMs: number): void }

/** What comes in on a leg: counted, keys taken out, heard by taps, passed onward. */
export class LegInput {
  readonly stats = new ReceiveStats()
  readonly taps = new Set<AudioTap>()
  /** Set while the leg is bridged. */
  onward: Onward | undefined
  /** False while the stream is on hold in this direction. */
  open = true
  lastPacketAt: number | undefined
  #muted = false
  readonly #keys: DtmfReceiver
  #formats = new Map<number, Codec>()
  /** Clock rate of each payload type that carries keys. */
  #events = new Map<number, number>()

  constructor(keys: KeyListener) {
    this.#keys = new DtmfReceiver(keys)
    this.expect([], [])
  }

  /** Its audio reaches nobody; keys are told, but not passed on. */
  get muted(): boolean {
    return this.#muted
  }

  set muted(muted: boolean) {
    this.#muted = muted
    // Said at once, so that nobody takes it for loss and repairs it.
    if (muted) this.onward?.audio(SILENT_PAUSE, comfortNoise, performance.now())
  }

  /** What may come in, beyond the static payload types of G.711 (which stay right across a re-INVITE). */
  expect(formats: readonly AudioFormat[], events: readonly EventFormat[]): void {
    this.#formats = new Map<number, Codec>([pcmu, pcma, comfortNoise].map((codec) => [codec.payloadType, codec]))
    for (const { payloadType, codec } of formats) this.#formats.set(payloadType, codecs[codec])
    this.#events = new Map(events.map(({ payloadType, clockRate }) => [payloadType, clockRate]))
  }

  /** Whether the other side can send keys as RFC 4733 events. */
  get takesEvents(): boolean {
    return this.#events.size > 0
  }

  /** Reads a datagram; undefined when it is no packet of this stream. */
  recognise(data: Buffer): RtpPacket | undefined {
    const packet = parseRtp(data)
    const type = packet?.payloadType
    return type !== undefined && (this.#formats.has(type) || this.#events.has(type)) ? packet : undefined
  }

  /** Takes in a packet that `recognise` returned. @param at arrival on the monotonic clock in ms */
  accept(packet: RtpPacket, at: number): void {
    this.lastPacketAt = at
    const eventClock = this.#events.get(packet.payloadType)
    const codec = this.#formats.get(packet.payloadType)
    if (codec && codec !== comfortNoise) this.stats.clockRate = codec.clockRate
    this.stats.count(packet, at)
    if (eventClock !== undefined) {
      if (eventClock !== SAMPLE_RATE) inTelephoneClock(packet.payload, eventClock)
      this.#keys.receive(packet, at)
      if (!this.#muted) this.onward?.telephoneEvent(packet, at)
      return
    }
    if (!codec || !this.open || this.#muted || packet.payload.length === 0) return
    for (const tap of this.taps) tap.audio(packet, codec, at)
    this.onward?.audio(packet, codec, at)
  }

  tick(at: number): void {
    this.#keys.tick(at, this.stats.ssrc)
  }
}
