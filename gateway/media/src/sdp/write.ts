import { isIPv6 } from 'node:net'
import { codecs } from '../codec/register.ts'
import type { AudioFormat, EventFormat } from './audio-formats.ts'
import { type CryptoLine, writeCryptoLine } from './crypto-lines.ts'
import type { Direction } from './description.ts'

/** Our own audio stream as it stands in an offer or answer. */
export type LocalAudio = {
  port: number
  protocol: string
  formats: AudioFormat[]
  telephoneEvents: EventFormat[]
  comfortNoise: boolean
  direction: Direction
  rtcpMux: boolean
  /** Of a stream that is encrypted. */
  crypto: CryptoLine[]
}
/** An m= line of an answer: our stream, or one refused. */
export type AnswerLine = { local: LocalAudio } | { refused: { kind: string; protocol: string; formats: string[] } }

/** Who speaks: stays the same over a session, only the version counts up (RFC 3264 8). */
export type Origin = { sessionId: string; version: number; address: string }

/** Writes a session description with these streams. @param timing of the offer that is answered (RFC 3264 6) */
export function writeSdp(origin: Origin, lines: AnswerLine[], timing = '0 0'): string {
  const address = `IN ${isIPv6(origin.address) ? 'IP6' : 'IP4'} ${origin.address}`
  const head = ['v=0', `o=- ${origin.sessionId} ${origin.version} ${address}`, 's=-', `c=${address}`, `t=${timing}`]
  return `${[...head, ...lines.flatMap(mediaLines)].join('\r\n')}\r\n`
}

function mediaLines(line: AnswerLine): string[] {
  if ('refused' in line) return [`m=${line.refused.kind} 0 ${line.refused.protocol} ${line.refused.formats.join(' ')}`]
  const { local } = line
  const types = [
    ...local.formats.map((f) => f.payloadType),
    ...(local.comfortNoise ? [13] : []),
    ...local.telephoneEvents.map((f) => f.payloadType),
  ]
  return [
    `m=audio ${local.port} ${local.protocol} ${types.join(' ')}`,
    ...local.formats.flatMap(formatLines),
    ...(local.comfortNoise ? ['a=rtpmap:13 CN/8000'] : []),
    ...local.telephoneEvents.flatMap(({ payloadType, clockRate }) => [
      `a=rtpmap:${payloadType} telephone-event/${clockRate}`,
      `a=fmtp:${payloadType} 0-15`,
    ]),
    'a=ptime:20',
    'a=maxptime:60',
    ...(local.rtcpMux ? ['a=rtcp-mux'] : [`a=rtcp:${local.port + 1}`]),
    ...local.crypto.map(writeCryptoLine),
    `a=${local.direction}`,
  ]
}

function formatLines({ payloadType, codec }: AudioFormat): string[] {
  // RFC 7587 7: the two channels are a name, what is sent is mono.
  if (codec === 'opus') return [`a=rtpmap:${payloadType} opus/48000/2`, `a=fmtp:${payloadType} useinbandfec=1`]
  return [`a=rtpmap:${payloadType} ${codec}/${codecs[codec].clockRate}`]
}
