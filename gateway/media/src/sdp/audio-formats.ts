import { codecs } from '../codec/g711.ts'
import type { CodecName } from '../codec/names.ts'
import { attribute, type MediaDescription } from './description.ts'

/** What the formats of one m= line mean to us. */
export type AudioFormats = {
  /** G.711 formats in the order of the line. */
  audio: { payloadType: number; codec: CodecName }[]
  telephoneEvent: number | undefined
}

/** Reads the formats of an audio stream; what we don't speak is left out. */
export function audioFormats(media: MediaDescription): AudioFormats {
  const named = new Map(
    media.attributes
      .filter((a) => a.name === 'rtpmap')
      .map((a) => /^(\d+) ([^/\s]+)\/(\d+)/.exec(a.value ?? ''))
      .filter((match) => match !== null)
      .map(([, payloadType, name, rate]) => [payloadType!, `${name!.toUpperCase()}/${rate}`] as const),
  )
  const formats: AudioFormats = { audio: [], telephoneEvent: undefined }
  for (const format of media.formats) {
    const payloadType = Number(format)
    if (!Number.isInteger(payloadType) || payloadType < 0 || payloadType > 127) continue
    const name = named.get(format)
    if (name === 'TELEPHONE-EVENT/8000') formats.telephoneEvent ??= payloadType
    const codec = Object.values(codecs).find((c) =>
      name === undefined ? c.payloadType === payloadType : name === `${c.name}/8000`,
    )
    if (codec) formats.audio.push({ payloadType, codec: codec.name })
  }
  return formats
}

/** Where RTCP goes: beside RTP, on the same port, or where a=rtcp says (RFC 3605, RFC 5761). */
export function rtcpPort(media: MediaDescription): { port: number; mux: boolean } {
  if (attribute(media, 'rtcp-mux') !== undefined) return { port: media.port, mux: true }
  const named = Number(/^\d+/.exec(attribute(media, 'rtcp') ?? '')?.[0])
  return { port: named >= 1 && named <= 65_535 ? named : Math.min(media.port + 1, 65_535), mux: false }
}
