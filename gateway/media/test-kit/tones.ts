import type { Codec, Rate } from '../src/codec/codec.ts'
import { FRAME_SAMPLES, SAMPLE_RATE } from '../src/codec/g711.ts'
import { wavHeader } from '../src/codec/wav.ts'

/** A sine of so many samples. @param from the number of its first sample, to go on without a jump */
export function sine(hz: number, samples: number, from = 0, amplitude = 10_000, rate = SAMPLE_RATE): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hz * (from + i)) / rate)),
  )
}

/** How strong a frequency is in the samples, 0..1 of full scale (Goertzel). */
export function strength(samples: Int16Array, hz: number, rate: number = SAMPLE_RATE): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rate)
  let before = 0
  let last = 0
  for (const sample of samples) [before, last] = [last, sample / 32_768 + coefficient * last - before]
  const power = last * last + before * before - coefficient * last * before
  return samples.length === 0 ? 0 : (2 * Math.sqrt(Math.max(0, power))) / samples.length
}

/** The strongest of some frequencies; undefined when none is there. */
export function heardTone(samples: Int16Array, candidates: readonly number[]): number | undefined {
  const best = candidates.toSorted((a, b) => strength(samples, b) - strength(samples, a))[0]
  return best !== undefined && strength(samples, best) > 0.03 ? best : undefined
}

export function decoded(payloads: readonly Uint8Array[], codec: Codec, rate: Rate = SAMPLE_RATE): Int16Array {
  const decoder = codec.decoder(rate)
  return Int16Array.from(payloads.flatMap((payload) => [...decoder.decode(payload)]))
}

/** A mono WAV file. */
export function wav(samples: Int16Array, rate = SAMPLE_RATE): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  return Buffer.concat([wavHeader(rate, 1, data.length), data])
}

/** Frames of samples that are louder than silence, by index. */
export function loudFrames(samples: Int16Array): number[] {
  return Array.from({ length: Math.floor(samples.length / FRAME_SAMPLES) }, (_, i) => i).filter((i) =>
    samples.subarray(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES).some((sample) => Math.abs(sample) > 500),
  )
}
