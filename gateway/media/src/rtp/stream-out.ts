import { randomInt } from 'node:crypto'
import { SAMPLE_RATE } from '../codec/g711.ts'
import { TICK_MS } from '../engine.ts'
import { type RtpPacket, writeRtp } from './packet.ts'
import { sequenceDistance, timestampDistance } from './serial.ts'

/** A relayed stream may jump this far before it counts as a new stream. */
const MAX_SEQUENCE_JUMP = 500
const MAX_TIMESTAMP_JUMP_S = 5

/** How the numbers of the stream relayed now map to ours. */
type Relay = {
  ssrc: number
  sequenceShift: number
  timestampShift: number
  first: number
  last: number
  lastTs: number
}

/**
 * One outgoing RTP stream whose SSRC, sequence and timestamp stay continuous whatever is behind it: prompt, silence,
 * digits or a relayed stream. Every switch sets the marker bit; the timestamp follows the clock over gaps.
 */
export class StreamOut {
  readonly ssrc = randomInt(1, 0xffff_ffff)
  /** Timestamp units a second; a change with the codec lets the timestamp go on in the new unit. */
  clockRate = SAMPLE_RATE
  readonly #send: (packet: Buffer) => void
  #sequence = randomInt(0, 0x1_0000)
  /** Timestamp, length and moment of the newest audio sent. */
  #timestamp = randomInt(0, 0x1_0000_0000)
  #units = 0
  #sentAt: number | undefined
  #relay: Relay | undefined
  packets = 0
  octets = 0

  constructor(send: (packet: Buffer) => void) {
    this.#send = send
  }

  /**
   * Sends one packet of our own audio.
   * @param at the moment of its first sample on the monotonic clock
   * @param ms how long it lasts
   */
  frame(payload: Buffer, payloadType: number, at: number, ms = TICK_MS): void {
    const marker = this.#relay !== undefined || this.#gap(at)
    this.#relay = undefined
    this.#advance(at, this.#unitsOf(ms), ms % TICK_MS === 0 ? TICK_MS : TICK_MS / 2)
    this.#emit(payload, payloadType, marker, this.#nextSequence(), this.#timestamp)
  }

  /**
   * Sends one packet of an RFC 4733 event. The event's timestamp is fixed by its first packet.
   * @param first whether this packet starts the event
   */
  event(payload: Buffer, payloadType: number, at: number, first: boolean): void {
    this.#relay = undefined
    if (first) this.#advance(at, this.#unitsOf(TICK_MS))
    this.#emit(payload, payloadType, first, this.#nextSequence(), this.#timestamp)
  }

  /**
   * Passes on a packet of another stream, with its spacing, losses and order.
   * @param units how long it lasts, in timestamp units
   */
  relay(packet: RtpPacket, payloadType: number, at: number, units = packet.payload.length): void {
    const fresh = !this.#follows(packet)
    if (fresh) this.#follow(packet, at, units)
    const relay = this.#relay!
    if (sequenceDistance(packet.sequence, relay.first) < 0) return
    const sequence = (packet.sequence + relay.sequenceShift) & 0xffff
    const timestamp = (packet.timestamp + relay.timestampShift) >>> 0
    if (fresh || sequenceDistance(packet.sequence, relay.last) > 0) {
      relay.last = packet.sequence
      relay.lastTs = packet.timestamp
      this.#sequence = sequence
    }
    // A key's packets keep the timestamp of its start: the time then stays that of the newest audio.
    if (!fresh && timestampDistance(timestamp, this.#timestamp) > 0) {
      this.#timestamp = timestamp
      this.#units = units
      this.#sentAt = at
    }
    this.#emit(packet.payload, payloadType, fresh || packet.marker, sequence, timestamp)
  }

  /** The RTP timestamp of a moment, for sender reports. */
  timestampAt(at: number): number {
    const elapsed = this.#sentAt === undefined ? 0 : at - this.#sentAt
    return (this.#timestamp + Math.round((elapsed * this.clockRate) / 1_000)) >>> 0
  }

  #follows(packet: RtpPacket): boolean {
    const relay = this.#relay
    return (
      relay !== undefined &&
      relay.ssrc === packet.ssrc &&
      Math.abs(sequenceDistance(packet.sequence, relay.last)) < MAX_SEQUENCE_JUMP &&
      Math.abs(timestampDistance(packet.timestamp, relay.lastTs)) < MAX_TIMESTAMP_JUMP_S * this.clockRate
    )
  }

  #follow(packet: RtpPacket, at: number, units: number): void {
    this.#advance(at, units)
    this.#relay = {
      ssrc: packet.ssrc,
      sequenceShift: this.#nextSequence() - packet.sequence,
      timestampShift: this.#timestamp - packet.timestamp,
      first: packet.sequence,
      last: packet.sequence,
      lastTs: packet.timestamp,
    }
  }

  #nextSequence(): number {
    this.#sequence = (this.#sequence + 1) & 0xffff
    return this.#sequence
  }

  #gap(at: number): boolean {
    const lastMs = (this.#units * 1_000) / this.clockRate
    return this.#sentAt === undefined || at - this.#sentAt > lastMs + 2 * TICK_MS
  }

  /** Moves the timestamp on by the time since the last audio in whole steps, and at least by that audio. */
  #advance(at: number, units: number, stepMs = TICK_MS): void {
    const elapsedMs = this.#sentAt === undefined ? 0 : Math.round((at - this.#sentAt) / stepMs) * stepMs
    this.#timestamp = (this.#timestamp + Math.max(this.#units, this.#unitsOf(elapsedMs))) >>> 0
    this.#units = units
    this.#sentAt = at
  }

  #unitsOf(ms: number): number {
    return (ms * this.clockRate) / 1_000
  }

  #emit(payload: Buffer, payloadType: number, marker: boolean, sequence: number, timestamp: number): void {
    this.packets++
    this.octets += payload.length
    this.#send(writeRtp({ payloadType, marker, sequence, timestamp, ssrc: this.ssrc, payload }))
  }
}
