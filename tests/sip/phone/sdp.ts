import type { AudioAgreement, Direction } from '../audio/audio-agreement.ts'
import type { Codec } from '../audio/g711.ts'
import type { Endpoint } from './address.ts'

export type Format = { payloadType: number; name: string; rate: number }

/** What one side says of its audio (RFC 8866, RFC 3264). */
export type AudioDescription = {
  remote: Endpoint
  formats: Format[]
  direction: Direction
}

const staticFormats: Record<number, string> = {
  0: 'PCMU/8000',
  3: 'GSM/8000',
  8: 'PCMA/8000',
  9: 'G722/8000',
  18: 'G729/8000',
}
const payloadTypes: Record<Codec, number> = { pcmu: 0, pcma: 8 }
const dtmfPayloadType = 101

export type LocalAudio = { address: string; port: number; sessionId: number; version: number; direction: Direction }

/** An offer, or an answer when `formats` is what was agreed. */
export function writeSdp(local: LocalAudio, formats: readonly Format[]): Buffer {
  const family = local.address.includes(':') ? 'IP6' : 'IP4'
  const lines = [
    'v=0',
    `o=phone ${local.sessionId} ${local.version} IN ${family} ${local.address}`,
    's=-',
    `c=IN ${family} ${local.address}`,
    't=0 0',
    `m=audio ${local.port} RTP/AVP ${formats.map((f) => f.payloadType).join(' ')}`,
    ...formats.map((f) => `a=rtpmap:${f.payloadType} ${f.name}/${f.rate}`),
    ...formats.filter((f) => f.name === 'telephone-event').map((f) => `a=fmtp:${f.payloadType} 0-15`),
    'a=ptime:20',
    `a=${local.direction}`,
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}

export function offeredFormats(codecs: readonly Codec[], dtmf = true): Format[] {
  const formats = codecs.map((codec) => ({ payloadType: payloadTypes[codec], name: codec.toUpperCase(), rate: 8000 }))
  return dtmf ? [...formats, { payloadType: dtmfPayloadType, name: 'telephone-event', rate: 8000 }] : formats
}

/** The first audio stream of a description; undefined when there is none. */
export function readSdp(body: Buffer): AudioDescription | undefined {
  const lines = body.toString('utf8').split(/\r?\n/)
  const start = lines.findIndex((line) => line.startsWith('m=audio '))
  if (start < 0) return undefined
  const end = lines.findIndex((line, i) => i > start && line.startsWith('m='))
  const session = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('m=')),
  )
  const media = lines.slice(start, end < 0 ? undefined : end)
  const [, port, , ...payloads] = media[0]!.split(' ')
  const connection = [...media, ...session].find((line) => line.startsWith('c='))
  const address = connection?.split(' ')[2]?.split('/')[0] ?? '0.0.0.0'
  const formats = payloads.map((payload) => readFormat(Number(payload), media))
  const directionLine = [...media, ...session].find((line) => /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/.test(line))
  const direction = (directionLine?.slice(2).trim() ?? 'sendrecv') as Direction
  return {
    remote: { host: address, port: Number(port) },
    formats,
    direction: address === '0.0.0.0' ? 'inactive' : direction,
  }
}

/** The first of their formats that we speak, and their telephone-event; undefined when nothing is common (488). */
export function chooseFormats(theirs: AudioDescription, ours: readonly Codec[]): Format[] | undefined {
  const audio = theirs.formats.find((f) => f.rate === 8000 && (ours as string[]).includes(f.name.toLowerCase()))
  if (!audio || theirs.remote.port === 0) return undefined
  const dtmf = theirs.formats.find((f) => f.name.toLowerCase() === 'telephone-event' && f.rate === 8000)
  return dtmf ? [audio, dtmf] : [audio]
}

export function agree(theirs: AudioDescription, formats: readonly Format[], direction: Direction): AudioAgreement {
  const audio = formats[0]!
  return {
    remote: theirs.remote,
    codec: audio.name.toLowerCase() as Codec,
    payloadType: audio.payloadType,
    dtmfPayloadType: formats.find((f) => f.name.toLowerCase() === 'telephone-event')?.payloadType,
    direction,
  }
}

/** What we may do when they offer or answer `theirs` and we wish `wish` (RFC 3264 6.1). */
export function mirror(theirs: Direction, wish: Direction = 'sendrecv'): Direction {
  const send = (theirs === 'sendrecv' || theirs === 'recvonly') && (wish === 'sendrecv' || wish === 'sendonly')
  const receive = (theirs === 'sendrecv' || theirs === 'sendonly') && (wish === 'sendrecv' || wish === 'recvonly')
  if (send) return receive ? 'sendrecv' : 'sendonly'
  return receive ? 'recvonly' : 'inactive'
}

function readFormat(payloadType: number, media: string[]): Format {
  const rtpmap = media.find((line) => line.startsWith(`a=rtpmap:${payloadType} `))?.split(' ')[1]
  const [name = '?', rate] = (rtpmap ?? staticFormats[payloadType] ?? '?/0').trim().split('/')
  return { payloadType, name, rate: Number(rate) }
}
