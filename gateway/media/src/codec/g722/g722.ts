import type { Codec } from '../codec.ts'
import { G722Decoder } from './decoder.ts'
import { G722Encoder } from './encoder.ts'

/** ITU-T G.722 at 64 kbit/s: 16 kHz audio whose RTP clock is 8 kHz by an old mistake (RFC 3551 4.5.2). */
export const g722: Codec = {
  name: 'G722',
  payloadType: 9,
  clockRate: 8_000,
  wide: true,
  units: (payload) => payload.length,
  encoder: () => new G722Encoder(),
  decoder: (rate) => new G722Decoder(rate),
}
