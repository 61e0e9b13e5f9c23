import type { Codec, Decoder, Encoder, Rate } from '../codec.ts'
import { Doubler } from '../half-band.ts'
import { LibOpus } from './libopus.ts'

const SET_BITRATE = 4_002
const SET_COMPLEXITY = 4_010
const SET_INBAND_FEC = 4_012
const SET_PACKET_LOSS = 4_014
/** Wide-band speech without audible loss. */
const BITRATE = 24_000
/** Beyond this a call costs more than it gains. */
const COMPLEXITY = 4
/** The loss in percent that redundancy is made for. */
const EXPECTED_LOSS = 5

/** RFC 7587: the RTP clock is 48 kHz whatever is coded. Here it carries wide-band speech. */
export const opus: Codec = {
  name: 'opus',
  payloadType: 111,
  clockRate: 48_000,
  wide: true,
  units: opusUnits,
  encoder,
  decoder,
}

/** How long a packet lasts by its first bytes (RFC 6716 3.1), in units of 48 kHz; 0 for what is no Opus packet. */
export function opusUnits(payload: Uint8Array): number {
  const toc = payload[0]
  if (toc === undefined) return 0
  const shape = toc >> 3
  const frame = shape < 12 ? [480, 960, 1_920, 2_880][shape & 3]! : shape < 16 ? 480 << (shape & 1) : 120 << (shape & 3)
  const code = toc & 3
  const frames = code === 0 ? 1 : code < 3 ? 2 : (payload[1] ?? 0) & 0x3f
  return frames * frame
}

function encoder(): Encoder {
  const coder = new LibOpus(16_000)
  coder.set(SET_BITRATE, BITRATE)
  coder.set(SET_COMPLEXITY, COMPLEXITY)
  coder.set(SET_INBAND_FEC, 1)
  coder.set(SET_PACKET_LOSS, EXPECTED_LOSS)
  const doubler = new Doubler()
  return { encode: (samples, rate) => coder.encode(rate === 16_000 ? samples : doubler.run(samples)) }
}

function decoder(rate: Rate): Decoder {
  const coder = new LibOpus(rate)
  return { decode: (payload) => coder.decode(payload) }
}
