/** RFC 4733 3.2: events 0..15 are the keys. */
export const DTMF_KEYS = '0123456789*#ABCD'

/** An event payload, RFC 4733 2.3. */
export type TelephoneEvent = { event: number; end: boolean; volume: number; duration: number }

/** Reads a telephone-event payload; undefined when it is too short or no key. */
export function parseTelephoneEvent(payload: Buffer): TelephoneEvent | undefined {
  if (payload.length < 4 || payload[0]! >= DTMF_KEYS.length) return undefined
  return {
    event: payload[0]!,
    end: (payload[1]! & 0x80) !== 0,
    volume: payload[1]! & 0x3f,
    duration: payload.readUInt16BE(2),
  }
}

/** Builds a telephone-event payload. */
export function writeTelephoneEvent({ event, end, volume, duration }: TelephoneEvent): Buffer {
  return Buffer.from([event, (end ? 0x80 : 0) | volume, duration >> 8, duration & 0xff])
}

/** Turns an event's duration in another clock into units of 8 kHz, in place. */
export function inTelephoneClock(payload: Buffer, clockRate: number): void {
  if (payload.length >= 4) payload.writeUInt16BE(Math.round((payload.readUInt16BE(2) * 8_000) / clockRate), 2)
}

/** The same event for a stream with another clock; what is too long for the field stays at its end (RFC 4733 2.5.1.3). */
export function inClock(payload: Buffer, clockRate: number): Buffer {
  if (payload.length < 4 || clockRate === 8_000) return payload
  const scaled = Buffer.from(payload)
  scaled.writeUInt16BE(Math.min(0xffff, Math.round((payload.readUInt16BE(2) * clockRate) / 8_000)), 2)
  return scaled
}
