/** RFC 4733 telephone-events, both ways. Durations are in samples of 8 kHz on the wire. */
const digits = '0123456789*#ABCD'

export type EventPayload = { digit: string; end: boolean; durationSamples: number }

export function isDialable(text: string): boolean {
  return text !== '' && [...text.toUpperCase()].every((digit) => digits.includes(digit))
}

export function writeEvent({ digit, end, durationSamples }: EventPayload): Buffer {
  const event = digits.indexOf(digit.toUpperCase())
  if (event < 0) throw new Error(`not a DTMF digit: ${digit}`)
  const payload = Buffer.from([event, (end ? 0x80 : 0) | 10, 0, 0])
  payload.writeUInt16BE(durationSamples, 2)
  return payload
}

export function readEvent(payload: Uint8Array): EventPayload | undefined {
  const digit = digits[payload[0] ?? 255]
  if (digit === undefined || payload.length < 4) return undefined
  return { digit, end: (payload[1]! & 0x80) !== 0, durationSamples: (payload[2]! << 8) | payload[3]! }
}

export type HeardDigit = { digit: string; durationMs: number; atMs: number }

/** Makes one digit of the many packets of an event: they share a timestamp, and the end is said three times. */
export class DtmfListener {
  #timestamp: number | undefined
  #ended = true
  #current: HeardDigit | undefined
  #report: (heard: HeardDigit) => void

  constructor(report: (heard: HeardDigit) => void) {
    this.#report = report
  }

  receive(payload: Uint8Array, timestamp: number, atMs: number): void {
    const event = readEvent(payload)
    if (!event) return
    if (timestamp !== this.#timestamp) {
      if (!this.#ended && this.#current) this.#report(this.#current) // all end packets were lost
      this.#timestamp = timestamp
      this.#ended = false
      this.#current = { digit: event.digit, durationMs: 0, atMs }
    }
    if (this.#ended || !this.#current) return
    this.#current.durationMs = event.durationSamples / 8
    if (!event.end) return
    this.#ended = true
    this.#report(this.#current)
  }
}
