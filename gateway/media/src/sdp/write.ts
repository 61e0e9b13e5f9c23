import { isIPv6 } from 'node:net'
import type { CodecName } from '../codec/names.ts'
import type { Direction } from './description.ts'

/** Our own audio stream as it stands in an offer or answer. */
export type LocalAudio = {
  port: number
  formats: { payloadType: number; codec: CodecName }[]
  telephoneEvent: number | undefined
  direction: Direction
  rtcpMux: boolean
}
/** An m= line of an answer: our stream, or one refused. */
export type AnswerLine = { local: LocalAudio } | { refused: { kind: string; protocol: string; formats: string[] } }

/** Who speaks: stays the same over a session, only the version counts up (RFC 3264 8). */
export type Origin = { sessionId: string; version: number; address: string }

/** Writes a session description with these streams. */
export function writeSdp(origin: Origin, lines: AnswerLine[]): string {
  const address = `IN ${isIPv6(origin.address) ? 'IP6' : 'IP4'} ${origin.address}`
  const head = ['v=0', `o=- ${origin.sessionId} ${origin.version} ${address}`, 's=-', `c=${address}`, 't=0 0']
  return `${[...head, ...lines.flatMap(mediaLines)].join('\r\n')}\r\n`
}

function mediaLines(line: AnswerLine): string[] {
  if ('refused' in line) return [`m=${line.refused.kind} 0 ${line.refused.protocol} ${line.refused.formats.join(' ')}`]
  const { local } = line
  const events = local.telephoneEvent
  const types = [...local.formats.map((f) => f.payloadType), ...(events === undefined ? [] : [events])]
  return [
    `m=audio ${local.port} RTP/AVP ${types.join(' ')}`,
    ...local.formats.map((f) => `a=rtpmap:${f.payloadType} ${f.codec}/8000`),
    ...(events === undefined ? [] : [`a=rtpmap:${events} telephone-event/8000`, `a=fmtp:${events} 0-15`]),
    'a=ptime:20',
    ...(local.rtcpMux ? ['a=rtcp-mux'] : []),
    `a=${local.direction}`,
  ]
}
