import type { CodecName } from '../codec/names.ts'
import { codecs } from '../codec/register.ts'
import { attribute, type MediaDescription } from './description.ts'

/** How RFC 4733 events go: under which number, and in whose clock. */
export type EventFormat = { payloadType: number; clockRate: number }
export type AudioFormat = { payloadType: number; codec: CodecName }

/** What the formats of one m= line mean to us. */
export type AudioFormats = {
  /** The formats we speak, in the order of the line. */
  audio: AudioFormat[]
  telephoneEvents: EventFormat[]
  /** RFC 3389. */
  comfortNoise: boolean
}

const COMFORT_NOISE = '13'

/** Reads the formats of an audio stream; what we don't speak is left out. */
export function audioFormats(media: MediaDescription): AudioFormats {
  const named = new Map(
    media.attributes
      .filter((a) => a.name === 'rtpmap')
      .map((a) => /^(\d+) ([^/\s]+)\/(\d+)(?:\/(\d+))?/.exec(a.value ?? ''))
      .filter((match) => match !== null)
      .map(([, payloadType, name, rate, channels]) => [payloadType!, { name: name!.toLowerCase(), rate, channels }]),
  )
  const formats: AudioFormats = { audio: [], telephoneEvents: [], comfortNoise: false }
  for (const format of media.formats) {
    const payloadType = Number(format)
    if (!Number.isInteger(payloadType) || payloadType < 0 || payloadType > 127) continue
    const rtpmap = named.get(format)
    if (rtpmap?.name === 'telephone-event') {
      formats.telephoneEvents.push({ payloadType, clockRate: Number(rtpmap.rate) })
      continue
    }
    if (format === COMFORT_NOISE && (rtpmap === undefined || rtpmap.name === 'cn')) formats.comfortNoise = true
    const codec = Object.values(codecs).find((c) =>
      rtpmap
        ? rtpmap.name === c.name.toLowerCase() && Number(rtpmap.rate) === c.clockRate
        : c.payloadType === payloadType && payloadType < 96,
    )
    if (codec) formats.audio.push({ payloadType, codec: codec.name as CodecName })
  }
  return formats
}

/** The event format that goes with a codec: in its clock, as RFC 4733 2.1 asks, else the first. */
export function eventsFor(codec: CodecName, events: readonly EventFormat[]): EventFormat | undefined {
  return events.find(({ clockRate }) => clockRate === codecs[codec].clockRate) ?? events[0]
}

/** How long packets to this side shall be, in ms: its a=ptime within its a=maxptime, in steps of 10 from 10 to 60. */
export function packetTime(media: MediaDescription): number {
  const wanted = Number(attribute(media, 'ptime') ?? 20)
  const longest = Number(attribute(media, 'maxptime') ?? 60)
  const ms = Math.floor(Math.min(wanted > 0 ? wanted : 20, longest > 0 ? longest : 60) / 10) * 10
  return Math.max(10, Math.min(60, ms))
}

/** Where RTCP goes: beside RTP, on the same port, or where a=rtcp says (RFC 3605, RFC 5761). */
export function rtcpPort(media: MediaDescription): { port: number; mux: boolean } {
  if (attribute(media, 'rtcp-mux') !== undefined) return { port: media.port, mux: true }
  const named = Number(/^\d+/.exec(attribute(media, 'rtcp') ?? '')?.[0])
  return { port: named >= 1 && named <= 65_535 ? named : Math.min(media.port + 1, 65_535), mux: false }
}
