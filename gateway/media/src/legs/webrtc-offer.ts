import type { CodecName } from '../codec/names.ts'
import { MediaError } from '../protocol/errors.ts'
import { audioFormats } from '../sdp/audio-formats.ts'
import { attribute, type Direction, directionOf, mirrored } from '../sdp/description.ts'
import { parseSdp } from '../sdp/parse.ts'

/** What a browser's offer asks for, as far as it can be had. */
export type WebrtcOffer = {
  mid: string
  codec: CodecName
  payloadType: number
  telephoneEvent: number | undefined
  /** What we may do. */
  direction: Direction
}

/** Reads a browser's offer. Throws MediaError `invalid_sdp`, or `no_common_codec` when there is no G.711 audio in it. */
export function readWebrtcOffer(sdp: string): WebrtcOffer {
  const session = parseSdp(sdp, 'offer')
  const media = session.media.find((m) => m.kind === 'audio' && m.port !== 0)
  const formats = media && audioFormats(media)
  const first = formats?.audio[0]
  if (!media || !first || !/^UDP\/TLS\/RTP\/SAVPF?$/.test(media.protocol)) {
    throw new MediaError('no_common_codec', 'the offer has no audio stream with PCMU or PCMA over DTLS-SRTP', 'offer')
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
    telephoneEvent: formats.telephoneEvent,
    direction: mirrored(directionOf(session, media)),
  }
}
