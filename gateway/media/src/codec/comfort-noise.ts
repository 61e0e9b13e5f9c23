import type { Codec } from './codec.ts'

/**
 * RFC 3389: sent in pauses by phones that save bandwidth. It carries no audio, only how loud the silence is; who plays
 * the stream makes the noise.
 */
export const comfortNoise: Codec = {
  name: 'CN',
  payloadType: 13,
  clockRate: 8_000,
  wide: false,
  units: () => 0,
  encoder: () => ({ encode: () => Buffer.alloc(0) }),
  decoder: () => ({ decode: () => new Int16Array(0) }),
}

/** The loudness a comfort noise packet asks for, as root mean square of linear samples. */
export function noiseLevel(payload: Uint8Array): number {
  return 32_768 * 10 ** -((payload[0]! & 0x7f) / 20)
}

/** One sample of noise. @param level root mean square */
export function noiseSample(level: number): number {
  return (Math.random() - 0.5) * level * Math.sqrt(12)
}
