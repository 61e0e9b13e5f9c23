import { isIPv6 } from 'node:net'
import type { CodecName } from '../codec/names.ts'
import { codecs } from '../codec/register.ts'
import { MediaError } from '../protocol/errors.ts'
import {
  type AudioFormat,
  type AudioFormats,
  audioFormats,
  type EventFormat,
  eventsFor,
  packetTime,
  rtcpPort,
} from './audio-formats.ts'
import { type CryptoLine, cryptoLines, newKey, type SrtpKey } from './crypto-lines.ts'
import { type Direction, directionOf, type MediaDescription, mirrored, type SessionDescription } from './description.ts'
import type { AnswerLine, LocalAudio } from './write.ts'

/** What offer and answer agreed on for the one audio stream. */
export type AgreedAudio = {
  remote: { address: string; port: number; rtcpPort: number }
  rtcpMux: boolean
  codec: CodecName
  /** The payload type we send audio as. */
  payloadType: number
  /** How we send RFC 4733 events; undefined: the other side takes none. */
  telephoneEvent: EventFormat | undefined
  /** How long packets we send shall be. */
  packetMs: number
  /** What the other side may send, beyond the static payload types. */
  incoming: AudioFormat[]
  incomingEvents: EventFormat[]
  /** What we may do: RFC 3264 6.1, 8.4. */
  direction: Direction
  /** Keys of an encrypted stream, RFC 4568. */
  srtp: { ours: SrtpKey; theirs: SrtpKey } | undefined
}

/** What we bring to an answer. */
export type LocalSide = {
  port: number
  /** We put the other side on hold. */
  hold: boolean
  /** What we speak, most wanted first. */
  codecs: readonly CodecName[]
  /** The lines of the last offer or answer: a stream keeps its place. */
  before?: readonly AnswerLine[]
  /** The key we send with so far; it is kept. */
  key?: SrtpKey | undefined
}

/** The answer to an offer, line by line, and what it agrees on; `agreed` is undefined when the offer removed the stream. */
export type Answered = { lines: AnswerLine[]; agreed: AgreedAudio | undefined }

/**
 * Answers an offer: one audio stream with a codec we speak is taken, of it the codec we want most; every other is
 * refused (RFC 3264 6). Throws MediaError `no_common_codec` when it offers audio of which nothing can be taken.
 */
export function answerOffer(offer: SessionDescription, side: LocalSide, field: string): Answered {
  const chosen = chooseStream(offer, side)
  if (!chosen && offer.media.some((m) => m.port !== 0)) {
    const spoken = side.codecs.join(', ')
    throw new MediaError('no_common_codec', `the offer has no audio stream with ${spoken} over RTP/AVP or SAVP`, field)
  }
  const agreed = chosen && agree(offer, chosen, side, field)
  if (agreed && side.hold) agreed.direction = held(agreed.direction)
  const lines = offer.media.map((media): AnswerLine => {
    if (media !== chosen || !agreed) return { refused: media }
    return { local: answerLine(media, agreed, side.port) }
  })
  return { lines, agreed }
}

/**
 * The lines of our offer: our stream in its place of the session so far, everything refused stays refused (RFC 3264 8).
 * @param before the lines of the last offer or answer, none for a first offer
 */
export function offerLines(before: readonly AnswerLine[], local: LocalAudio): AnswerLine[] {
  const own = before.findIndex((line) => 'local' in line)
  const place = own >= 0 ? own : before.findIndex((line) => 'refused' in line && line.refused.kind === 'audio')
  return place < 0 ? [...before, { local }] : before.with(place, { local })
}

/**
 * Reads the answer to our offer. Throws MediaError `no_common_codec` when it refused the stream, `invalid_sdp` when it
 * is no answer to this offer.
 * @param offered the lines of our offer
 * @param hold whether our offer put the other side on hold
 */
export function readAnswer(
  answer: SessionDescription,
  offered: readonly AnswerLine[],
  hold: boolean,
  field: string,
): AgreedAudio {
  if (answer.media.length !== offered.length) {
    const counts = `${answer.media.length} streams for the ${offered.length} of the offer`
    throw new MediaError('invalid_sdp', `the answer has ${counts}`, field)
  }
  const place = offered.findIndex((line) => 'local' in line)
  const line = offered[place] as { local: LocalAudio }
  const media = answer.media[place]!
  const { formats, telephoneEvents, crypto, protocol, port } = line.local
  const ours = formats.map(({ codec }) => codec)
  if (!isUsable(media) || media.protocol !== protocol || !pickFormat(audioFormats(media), ours, true)) {
    throw new MediaError('no_common_codec', 'the answer refuses our audio stream', field)
  }
  const side = { port, hold, codecs: ours, key: crypto[0] }
  const agreed = agree(answer, media, side, field, line.local)
  const direction = hold ? held(agreed.direction) : agreed.direction
  return { ...agreed, direction, incoming: formats, incomingEvents: telephoneEvents }
}

/** The direction that stops the other side's listening: we only send (music), or nothing at all. */
export function held(direction: Direction): Direction {
  return direction === 'sendrecv' || direction === 'sendonly' ? 'sendonly' : 'inactive'
}

function chooseStream(offer: SessionDescription, side: LocalSide): MediaDescription | undefined {
  const fits = (media: MediaDescription) =>
    isUsable(media) &&
    pickFormat(audioFormats(media), side.codecs, false) !== undefined &&
    (!isEncrypted(media.protocol) || cryptoLines(media).length > 0)
  const before = offer.media[side.before?.findIndex((line) => 'local' in line) ?? -1]
  return before && fits(before) ? before : offer.media.find(fits)
}

function isUsable(media: MediaDescription): boolean {
  return media.kind === 'audio' && media.port !== 0 && /^RTP\/S?AVPF?$/.test(media.protocol) && !isMulticast(media)
}

export function isEncrypted(protocol: string): boolean {
  return protocol.startsWith('RTP/SAVP')
}

/** RFC 3264 5.2: a stream to a group is none that a call could be. */
function isMulticast({ address }: MediaDescription): boolean {
  if (address === undefined) return false
  return isIPv6(address) ? /^ff/i.test(address) : /^2(2[4-9]|3\d)\./.test(address)
}

/** The format to use: the other side's first in an answer to us, else what we want most. */
function pickFormat(theirs: AudioFormats, ours: readonly CodecName[], asOrdered: boolean): AudioFormat | undefined {
  if (asOrdered) return theirs.audio.find(({ codec }) => ours.includes(codec))
  for (const wanted of ours) {
    const found = theirs.audio.find(({ codec }) => codec === wanted)
    if (found) return found
  }
  return undefined
}

function agree(
  session: SessionDescription,
  media: MediaDescription,
  side: LocalSide,
  field: string,
  offered?: LocalAudio,
): AgreedAudio {
  if (!media.address) throw new MediaError('invalid_sdp', 'no c= line for the audio stream', field)
  const formats = audioFormats(media)
  const format = pickFormat(formats, side.codecs, offered !== undefined)!
  const rtcp = rtcpPort(media)
  const mux = rtcp.mux && (offered === undefined || offered.rtcpMux)
  const blackHole = media.address === '0.0.0.0' || media.address === '::'
  const theirs = directionOf(session, media)
  return {
    remote: { address: media.address, port: media.port, rtcpPort: rtcp.port },
    rtcpMux: mux,
    ...format,
    telephoneEvent: eventsFor(format.codec, formats.telephoneEvents),
    packetMs: packetTime(media),
    incoming: formats.audio,
    incomingEvents: formats.telephoneEvents,
    direction: blackHole ? withoutSending(mirrored(theirs)) : mirrored(theirs),
    srtp: isEncrypted(media.protocol) ? agreeOnKeys(media, side, field, offered) : undefined,
  }
}

/** RFC 4568 5.1: the first line we can do is answered with its tag and suite, and a key of our own. */
function agreeOnKeys(media: MediaDescription, side: LocalSide, field: string, offered: LocalAudio | undefined) {
  const lines = cryptoLines(media)
  if (!offered) {
    const [theirs] = lines as [CryptoLine]
    return {
      theirs,
      ours: { ...(side.key?.suite === theirs.suite ? side.key : newKey(theirs.suite)), tag: theirs.tag },
    }
  }
  for (const ours of offered.crypto) {
    const theirs = lines.find(({ tag, suite }) => tag === ours.tag && suite === ours.suite)
    if (theirs) return { theirs, ours }
  }
  throw new MediaError('invalid_sdp', 'the answer has no a=crypto line of our offer', field)
}

function answerLine(media: MediaDescription, agreed: AgreedAudio, port: number): LocalAudio {
  const { payloadType, codec, telephoneEvent, direction, rtcpMux, srtp } = agreed
  const tag = srtp && cryptoLines(media)[0]!.tag
  return {
    port,
    protocol: media.protocol,
    formats: [{ payloadType, codec }],
    telephoneEvents: telephoneEvent ? [telephoneEvent] : [],
    comfortNoise: audioFormats(media).comfortNoise && codecs[codec].clockRate === 8_000,
    direction,
    rtcpMux,
    crypto: srtp && tag !== undefined ? [{ ...srtp.ours, tag }] : [],
  }
}

/** RFC 3264 8.4: an address of zeros is the old way to say hold. */
function withoutSending(direction: Direction): Direction {
  return direction === 'sendrecv' || direction === 'recvonly' ? 'recvonly' : 'inactive'
}
