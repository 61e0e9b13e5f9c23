import type { Codec, Rate } from './codec.ts'
import { Doubler, Halver } from './half-band.ts'

/** Samples a second of the telephone band. */
export const SAMPLE_RATE = 8_000
/** Samples in one 20 ms frame. */
export const FRAME_SAMPLES = 160

export type G711 = Codec & {
  readonly name: 'PCMA' | 'PCMU'
  /** The byte of digital silence. */
  readonly silence: number
  /** Linear sample of each byte. */
  readonly toLinear: Int16Array
  /** Byte of each linear sample, at index sample + 32768. */
  readonly fromLinear: Uint8Array
}

export const pcmu = build('PCMU', 0, 0xff, decodeMuLaw, encodeMuLaw)
export const pcma = build('PCMA', 8, 0xd5, decodeALaw, encodeALaw)

const muToA = pcmu.toLinear.reduce((table, sample, byte) => {
  table[byte] = pcma.fromLinear[sample + 32_768]!
  return table
}, new Uint8Array(256))
const aToMu = pcma.toLinear.reduce((table, sample, byte) => {
  table[byte] = pcmu.fromLinear[sample + 32_768]!
  return table
}, new Uint8Array(256))

/** Whether a codec is a table: a byte a sample, nothing remembered. */
export function isG711(codec: Codec): codec is G711 {
  return codec === pcma || codec === pcmu
}

/** Re-codes a payload in place. */
export function transcode(payload: Uint8Array, from: G711, to: G711): void {
  if (from === to) return
  const table = from === pcmu ? muToA : aToMu
  for (let i = 0; i < payload.length; i++) payload[i] = table[payload[i]!]!
}

/** Encodes linear samples. */
export function encode(codec: G711, samples: Int16Array, into: Uint8Array): void {
  const table = codec.fromLinear
  for (let i = 0; i < samples.length; i++) into[i] = table[samples[i]! + 32_768]!
}

/** Decodes a payload. */
export function decode(codec: G711, payload: Uint8Array): Int16Array {
  const table = codec.toLinear
  const samples = new Int16Array(payload.length)
  for (let i = 0; i < payload.length; i++) samples[i] = table[payload[i]!]!
  return samples
}

function build(
  name: G711['name'],
  payloadType: number,
  silence: number,
  decodeOne: (byte: number) => number,
  encodeOne: (sample: number) => number,
): G711 {
  const toLinear = Int16Array.from({ length: 256 }, (_, byte) => decodeOne(byte))
  const fromLinear = Uint8Array.from({ length: 65_536 }, (_, index) => encodeOne(index - 32_768))
  const codec: G711 = {
    name,
    payloadType,
    clockRate: SAMPLE_RATE,
    wide: false,
    silence,
    toLinear,
    fromLinear,
    units: (payload) => payload.length,
    encoder: () => encoder(codec),
    decoder: (rate) => decoder(codec, rate),
  }
  return codec
}

function encoder(codec: G711) {
  const halver = new Halver()
  return {
    encode(samples: Int16Array, rate: Rate): Buffer {
      const narrow = rate === SAMPLE_RATE ? samples : halver.run(samples)
      const payload = Buffer.allocUnsafe(narrow.length)
      encode(codec, narrow, payload)
      return payload
    },
  }
}

function decoder(codec: G711, rate: Rate) {
  if (rate === SAMPLE_RATE) return { decode: (payload: Uint8Array) => decode(codec, payload) }
  const doubler = new Doubler()
  return { decode: (payload: Uint8Array) => doubler.run(decode(codec, payload)) }
}

/** ITU-T G.711 table 2b, in 14 bit scaled to 16. */
function decodeMuLaw(byte: number): number {
  const code = ~byte & 0xff
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84
  return code & 0x80 ? -magnitude : magnitude
}

function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), 32_635) + 0x84
  const exponent = 31 - Math.clz32(magnitude) - 7
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff
}

/** ITU-T G.711 table 1b, in 13 bit scaled to 16; even bits are inverted on the wire. */
function decodeALaw(byte: number): number {
  const code = byte ^ 0x55
  const exponent = (code >> 4) & 7
  const mantissa = ((code & 0x0f) << 4) + 8
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1)
  return code & 0x80 ? magnitude : -magnitude
}

function encodeALaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767)
  const exponent = magnitude < 256 ? 0 : 31 - Math.clz32(magnitude) - 7
  const mantissa = (magnitude >> (exponent < 2 ? 4 : exponent + 3)) & 0x0f
  return (sign | (exponent << 4) | mantissa) ^ 0x55
}
