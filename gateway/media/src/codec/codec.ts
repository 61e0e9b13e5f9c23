import type { CodecName } from './names.ts'

/** Samples a second of linear audio: telephone band, or wide band where both sides are wide. */
export type Rate = 8_000 | 16_000

/** Writes linear samples of either rate; keeps what the codec remembers from frame to frame. */
export type Encoder = { encode(samples: Int16Array, rate: Rate): Buffer }
/** Reads payloads in their order into linear samples of one rate. Throws on a payload that is none of its codec. */
export type Decoder = { decode(payload: Uint8Array): Int16Array }

/** A way to write audio into RTP packets. L16 and comfort noise are never agreed on as a leg's codec. */
export type Codec = {
  readonly name: CodecName | 'L16' | 'CN'
  /** RFC 3551 table 4, or the dynamic one of our offers. */
  readonly payloadType: number
  /** RTP timestamp units a second; not always the samples (RFC 3551 4.5.2). */
  readonly clockRate: number
  /** Carries more than the telephone band. */
  readonly wide: boolean
  /** How long a payload lasts, in RTP timestamp units. */
  units(payload: Uint8Array): number
  encoder(): Encoder
  decoder(rate: Rate): Decoder
}
