import type { CodecName } from '../codec/names.ts'
import { MediaError } from '../protocol/errors.ts'
import { audioFormats, rtcpPort } from './audio-formats.ts'
import { type Direction, directionOf, type MediaDescription, mirrored, type SessionDescription } from './description.ts'
import type { AnswerLine, LocalAudio } from './write.ts'

/** What offer and answer agreed on for the one audio stream. */
export type AgreedAudio = {
  remote: { address: string; port: number; rtcpPort: number }
  rtcpMux: boolean
  codec: CodecName
  /** The payload type we send audio as. */
  payloadType: number
  /** The payload type we send RFC 4733 events as; undefined: the other side takes none. */
  telephoneEvent: number | undefined
  /** Payload types the other side may send, beyond the static ones. */
  incoming: { payloadType: number; codec: CodecName }[]
  incomingTelephoneEvent: number | undefined
  /** What we may do: RFC 3264 6.1, 8.4. */
  direction: Direction
}

/** The answer to an offer, line by line, and what it agrees on; `agreed` is undefined when the offer removed the stream. */
export type Answered = { lines: AnswerLine[]; agreed: AgreedAudio | undefined }

/**
 * Answers an offer: the first audio stream with a codec we speak is taken, every other refused (RFC 3264 6).
 * Throws MediaError `no_common_codec` when it offers audio of which nothing can be taken.
 * @param hold we put the other side on hold
 */
export function answerOffer(offer: SessionDescription, port: number, hold: boolean, field: string): Answered {
  const chosen = offer.media.find((m) => isUsable(m) && audioFormats(m).audio.length > 0)
  if (!chosen && !offer.media.some((m) => m.kind === 'audio' && m.port === 0)) {
    throw new MediaError('no_common_codec', 'the offer has no audio stream with PCMU or PCMA over RTP/AVP', field)
  }
  const agreed = chosen && agree(offer, chosen, field)
  if (agreed && hold) agreed.direction = held(agreed.direction)
  const lines = offer.media.map((media): AnswerLine => {
    if (media !== chosen || !agreed) return { refused: media }
    return {
      local: {
        port,
        formats: [{ payloadType: agreed.payloadType, codec: agreed.codec }],
        telephoneEvent: agreed.telephoneEvent,
        direction: agreed.direction,
        rtcpMux: agreed.rtcpMux,
      },
    }
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
 * Reads the answer to our offer. Throws MediaError `no_common_codec` when it refused the stream.
 * @param offered the lines of our offer
 * @param hold whether our offer put the other side on hold
 */
export function readAnswer(
  answer: SessionDescription,
  offered: readonly AnswerLine[],
  hold: boolean,
  field: string,
): AgreedAudio {
  const place = offered.findIndex((line) => 'local' in line)
  const ours = offered[place]
  const media = answer.media[place]
  if (!media || !isUsable(media) || audioFormats(media).audio.length === 0) {
    throw new MediaError('no_common_codec', 'the answer refuses our audio stream', field)
  }
  const agreed = agree(answer, media, field)
  const direction = hold ? held(agreed.direction) : agreed.direction
  const incomingTelephoneEvent = ours && 'local' in ours ? ours.local.telephoneEvent : undefined
  return { ...agreed, direction, incomingTelephoneEvent }
}

/** The direction that stops the other side's listening: we only send (music), or nothing at all. */
export function held(direction: Direction): Direction {
  return direction === 'sendrecv' || direction === 'sendonly' ? 'sendonly' : 'inactive'
}

function isUsable(media: MediaDescription): boolean {
  return media.kind === 'audio' && media.port !== 0 && media.protocol === 'RTP/AVP'
}

function agree(session: SessionDescription, media: MediaDescription, field: string): AgreedAudio {
  if (!media.address) throw new MediaError('invalid_sdp', 'no c= line for the audio stream', field)
  const { audio, telephoneEvent } = audioFormats(media)
  const first = audio[0]!
  const rtcp = rtcpPort(media)
  const blackHole = media.address === '0.0.0.0' || media.address === '::'
  const theirs = directionOf(session, media)
  return {
    remote: { address: media.address, port: media.port, rtcpPort: rtcp.port },
    rtcpMux: rtcp.mux,
    codec: first.codec,
    payloadType: first.payloadType,
    telephoneEvent,
    incoming: audio,
    incomingTelephoneEvent: telephoneEvent,
    direction: blackHole ? withoutSending(mirrored(theirs)) : mirrored(theirs),
  }
}

/** RFC 3264 8.4: an address of zeros is the old way to say hold. */
function withoutSending(direction: Direction): Direction {
  return direction === 'sendrecv' || direction === 'recvonly' ? 'recvonly' : 'inactive'
}
