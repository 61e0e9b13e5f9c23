import { randomBytes } from 'node:crypto'
import type { AudioAgreement } from './audio-agreement.ts'
import { beatMs } from './beat.ts'
import { writeEvent } from './dtmf.ts'
import { encode } from './g711.ts'
import { writeRtp } from './rtp-packet.ts'
import { type AudioSource, frameSamples, silence } from './sources.ts'

type Keypress = { digit: string; durationMs: number; gapMs: number; sent: () => void }
type Event = Keypress & { timestamp: number; elapsedSamples: number }

/** What we send: one packet per beat, audio or a telephone-event, in one unbroken line of sequence numbers and timestamps. */
export class RtpStream {
  source: AudioSource = silence()
  packetsSent = 0
  readonly ssrc = randomBytes(4).readUInt32BE()
  #sequence = randomBytes(2).readUInt16BE()
  #timestamp = randomBytes(4).readUInt32BE()
  #first = true
  #keypresses: Keypress[] = []
  #event: Event | undefined
  #gapBeats = 0

  /** Queues a digit; resolves when its last packet has been given out. */
  press(digit: string, durationMs: number, gapMs: number): Promise<void> {
    return new Promise((sent) => this.#keypresses.push({ digit, durationMs, gapMs, sent }))
  }

  /** The packets of this beat; none when we may not send. Time goes on either way. */
  beat(agreement: AudioAgreement): Buffer[] {
    const frame = this.source.nextFrame()
    const maySend = agreement.direction === 'sendrecv' || agreement.direction === 'sendonly'
    const packets = maySend ? this.#packets(frame, agreement) : []
    this.#timestamp = (this.#timestamp + frameSamples) >>> 0
    this.packetsSent += packets.length
    return packets
  }

  #packets(frame: Int16Array, agreement: AudioAgreement): Buffer[] {
    if (!this.#event && this.#gapBeats === 0 && agreement.dtmfPayloadType !== undefined) {
      const next = this.#keypresses.shift()
      if (next) this.#event = { ...next, timestamp: this.#timestamp, elapsedSamples: 0 }
    }
    if (this.#event) return this.#eventPackets(this.#event, agreement.dtmfPayloadType!)
    if (this.#gapBeats > 0) this.#gapBeats--
    const packet = this.#packet(agreement.payloadType, encode(frame, agreement.codec), this.#timestamp, this.#first)
    this.#first = false
    return [packet]
  }

  /** RFC 4733 2.5.1: every packet has the timestamp of the start, and the last is sent three times. */
  #eventPackets(event: Event, payloadType: number): Buffer[] {
    const first = event.elapsedSamples === 0
    event.elapsedSamples += frameSamples
    const totalSamples = event.durationMs * 8
    const end = event.elapsedSamples >= totalSamples
    const durationSamples = Math.min(event.elapsedSamples, totalSamples)
    const payload = writeEvent({ digit: event.digit, end, durationSamples })
    if (!end) return [this.#packet(payloadType, payload, event.timestamp, first)]
    this.#event = undefined
    this.#gapBeats = Math.ceil(event.gapMs / beatMs)
    event.sent()
    return [first, false, false].map((marker) => this.#packet(payloadType, payload, event.timestamp, marker))
  }

  #packet(payloadType: number, payload: Uint8Array, timestamp: number, marker: boolean): Buffer {
    return writeRtp({ payloadType, marker, sequence: this.#sequence++ & 0xffff, timestamp, ssrc: this.ssrc, payload })
  }
}
