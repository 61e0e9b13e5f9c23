import type { Codec, Rate } from './codec.ts'

/** Linear samples on their way from a mix to a leg's output: in the machine's order, never on the wire. */
export type Linear = Codec & { readonly name: 'L16'; readonly rate: Rate }

export const narrowLinear = build(8_000)
export const wideLinear = build(16_000)

export const linear = (rate: Rate): Linear => (rate === 8_000 ? narrowLinear : wideLinear)

/** The samples of a payload, copied: views into a datagram may lie on an odd place. */
export function toSamples(payload: Uint8Array): Int16Array {
  const bytes = Uint8Array.from(payload)
  return new Int16Array(bytes.buffer, 0, bytes.length >> 1)
}

export function toPayload(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
}

function build(rate: Rate): Linear {
  return {
    name: 'L16',
    payloadType: rate === 8_000 ? 126 : 127,
    clockRate: rate,
    wide: rate === 16_000,
    rate,
    units: (payload) => payload.length >> 1,
    encoder: () => ({ encode: toPayload }),
    decoder: () => ({ decode: toSamples }),
  }
}
