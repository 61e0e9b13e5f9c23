import { SAMPLE_RATE } from '../codec/g711.ts'
import type { RtpPacket } from './packet.ts'
import { sequenceDistance } from './serial.ts'

/** A jump this large is a restart of the sender, not loss. */
const RESTART_JUMP = 3_000

/** What the report block of RFC 3550 6.4.1 says about a stream. */
export type ReportBlock = {
  ssrc: number
  fractionLost: number
  lost: number
  highestSequence: number
  jitter: number
}

/** Counts one incoming stream as RFC 3550 A.3 and A.8 say; totals go on over SSRC changes. */
export class ReceiveStats {
  ssrc = 0
  received = 0
  /** Timestamp units a second of the stream. */
  clockRate = SAMPLE_RATE
  #jitter = 0
  #transit: number | undefined
  #base = 0
  #highest = 0
  #cycles = 0
  #receivedOfSsrc = 0
  #lostBefore = 0
  #previous = { expected: 0, received: 0 }

  /** @param at arrival on the monotonic clock in ms */
  count(packet: RtpPacket, at: number): void {
    if (this.received === 0 || packet.ssrc !== this.ssrc) this.#restart(packet)
    const ahead = sequenceDistance(packet.sequence, this.#highest)
    if (Math.abs(ahead) > RESTART_JUMP) this.#restart(packet)
    else if (ahead > 0) {
      if (packet.sequence < this.#highest) this.#cycles += 0x1_0000
      this.#highest = packet.sequence
    }
    this.received++
    this.#receivedOfSsrc++
    this.#measureJitter(packet, at)
  }

  get lost(): number {
    if (this.received === 0) return 0
    return this.#lostBefore + Math.max(0, this.#expected - this.#receivedOfSsrc)
  }

  get jitterMs(): number {
    return (this.#jitter * 1_000) / this.clockRate
  }

  /** The figures since the last report. */
  report(): ReportBlock {
    const expected = this.#expected - this.#previous.expected
    const lost = expected - (this.#receivedOfSsrc - this.#previous.received)
    this.#previous = { expected: this.#expected, received: this.#receivedOfSsrc }
    return {
      ssrc: this.ssrc,
      fractionLost: expected > 0 && lost > 0 ? Math.min(255, Math.floor((lost * 256) / expected)) : 0,
      lost: Math.min(0x7f_ffff, this.lost),
      highestSequence: (this.#cycles + this.#highest) >>> 0,
      jitter: Math.round(this.#jitter),
    }
  }

  get #expected(): number {
    return this.#cycles + this.#highest - this.#base + 1
  }

  #restart(packet: RtpPacket): void {
    if (this.received > 0) this.#lostBefore = this.lost
    this.ssrc = packet.ssrc
    this.#base = packet.sequence
    this.#highest = packet.sequence
    this.#cycles = 0
    this.#receivedOfSsrc = 0
    this.#transit = undefined
    this.#previous = { expected: 0, received: 0 }
  }

  #measureJitter(packet: RtpPacket, at: number): void {
    const transit = (Math.round((at * this.clockRate) / 1_000) - packet.timestamp) | 0
    if (this.#transit !== undefined) this.#jitter += (Math.abs((transit - this.#transit) | 0) - this.#jitter) / 16
    this.#transit = transit
  }
}
