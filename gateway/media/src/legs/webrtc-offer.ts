import type { CodecName } from '../codec/names.ts'
import { MediaError } from '../protocol/errors.ts'
import { audioFormats, type EventFormat, eventsFor, packetTime } from '../sdp/audio-formats.ts'
import { attribute, type Direction, directionOf, mirrored } from '../sdp/description.ts'
import { parseSdp } from '../sdp/parse.ts'

/** What a browser's offer asks for, as far as it can be had. */
export type WebrtcOffer = {
  mid: string
  codec: CodecName
  payloadType: number
  telephoneEvent: EventFormat | undefined
  packetMs: number
  /** What we may do. */
  direction: Direction
}

/**
 * Reads a browser's offer. Throws MediaError `invalid_sdp`, or `no_common_codec` when none of our codecs is in it.
 * @param ours what we speak, most wanted first: a browser's own order is nobody's choice
 */
export function readWebrtcOffer(sdp: string, ours: readonly CodecName[]): WebrtcOffer {
  const session = parseSdp(sdp, 'offer')
  const media = session.media.find((m) => m.kind === 'audio' && m.port !== 0)
  const formats = media && audioFormats(media)
  const first = ours.map((codec) => formats?.audio.find((f) => f.codec === codec)).find((f) => f !== undefined)
  if (!media || !formats || !first || !/^UDP\/TLS\/RTP\/SAVPF?$/.test(media.protocol)) {
    throw new MediaError(
      'no_common_codec',
      `the offer has no audio stream with ${ours.join(', ')} over DTLS-SRTP`,
      'offer',
    )
  }
  const mid = attribute(media, 'mid')
  if (!mid) throw new MediaError('invalid_sdp', 'the audio stream has no a=mid line', 'offer')
  for (const needed of ['ice-ufrag', 'fingerprint']) {
    if (!new RegExp(`^a=${needed}:`, 'm').test(sdp)) {
      throw new MediaError('invalid_sdp', `the offer has no a=${needed} line`, 'offer')
    }
  }
  return {
    mid,
    codec: first.codec,
    payloadType: first.payloadType,
    telephoneEvent: eventsFor(first.codec, formats.telephoneEvents),
    packetMs: packetTime(media),
    direction: mirrored(directionOf(session, media)),
  }
}
