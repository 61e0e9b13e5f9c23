import { SAMPLE_RATE } from '../codec/g711.ts'
import { DTMF_KEYS, parseTelephoneEvent } from './dtmf.ts'
import type { RtpPacket } from './packet.ts'
import { timestampDistance } from './serial.ts'

/** All end packets lost: the key counts as released so long after its last packet. */
const RELEASE_MS = 150

type Listener = {
  /** A key went down: the moment for barge-in. */
  pressed(): void
  /** A key came up. Told once for each event timestamp. */
  released(digit: string, durationMs: number): void
}

/** Turns RFC 4733 packets, with their repeats, losses and disorder, into one key press per event. */
export class DtmfReceiver {
  readonly #listener: Listener
  #current: { event: number; timestamp: number; duration: number; heardAt: number } | undefined
  /** The newest event told; what is not newer is a repeat or a straggler. */
  #told: { ssrc: number; timestamp: number } | undefined

  constructor(listener: Listener) {
    this.#listener = listener
  }

  receive(packet: RtpPacket, at: number): void {
    const parsed = parseTelephoneEvent(packet.payload)
    if (!parsed || this.#isOld(packet)) return
    if (this.#current && this.#current.timestamp !== packet.timestamp) this.#release(packet.ssrc)
    if (!this.#current) {
      this.#current = { event: parsed.event, timestamp: packet.timestamp, duration: 0, heardAt: at }
      this.#listener.pressed()
    }
    this.#current.duration = Math.max(this.#current.duration, parsed.duration)
    this.#current.heardAt = at
    if (parsed.end) this.#release(packet.ssrc)
  }

  /** To be called every tick, for a key whose end was lost. @param ssrc of the stream heard now */
  tick(at: number, ssrc: number): void {
    if (this.#current && at - this.#current.heardAt > RELEASE_MS) this.#release(ssrc)
  }

  #isOld(packet: RtpPacket): boolean {
    if (this.#told?.ssrc !== packet.ssrc) return false
    return timestampDistance(packet.timestamp, this.#told.timestamp) <= 0
  }

  #release(ssrc: number): void {
    const { event, timestamp, duration } = this.#current!
    this.#current = undefined
    this.#told = { ssrc, timestamp }
    this.#listener.released(DTMF_KEYS[event]!, Math.round((duration * 1_000) / SAMPLE_RATE))
  }
}
