import type { Peaks } from '../postgres/index.ts'
import { wavHeader } from '../recordings/index.ts'
import type { Random } from './random.ts'

/** Samples of both channels, −1…1. */
export type StereoSamples = { left: Float32Array; right: Float32Array }

/**
 * Two soft voices that take turns, at 8 kHz: a buzz of a few harmonics, shaped into syllables. Nobody is recorded, yet
 * player and meter have something to show.
 */
export function twoVoices(random: Random, length: number): StereoSamples {
  const left = new Float32Array(length)
  const right = new Float32Array(length)
  let callerTalks = false
  for (let at = 2_000; at < length; ) {
    const turn = random.int(8_000, 28_000)
    speak(random, callerTalks ? left : right, {
      from: at,
      to: Math.min(length, at + turn),
      pitch: callerTalks ? 125 : 205,
    })
    callerTalks = !callerTalks
    at += turn + random.int(1_200, 4_000)
  }
  return { left, right }
}

function speak(
  random: Random,
  channel: Float32Array,
  { from, to, pitch }: { from: number; to: number; pitch: number },
) {
  for (let at = from; at < to; ) {
    const length = random.int(1_000, 2_200)
    const frequency = pitch * (0.9 + random.next() * 0.25)
    const brightness = 0.3 + random.next() * 0.5
    for (let i = 0; i < length && at + i < to; i++) {
      const phase = (2 * Math.PI * frequency * i) / 8_000
      const buzz = Math.sin(phase) + brightness * Math.sin(2 * phase) + brightness ** 2 * Math.sin(5 * phase)
      channel[at + i] = 0.14 * Math.sin((Math.PI * i) / length) ** 2 * buzz
    }
    at += length + random.int(150, 900)
  }
}

/** A 16-bit stereo WAV file. */
export function stereoWav({ left, right }: StereoSamples, rate: number): Buffer {
  const wav = Buffer.concat([wavHeader(rate, 2, left.length * 4), Buffer.alloc(left.length * 4)])
  for (let i = 0; i < left.length; i++) {
    wav.writeInt16LE(Math.round((left[i] ?? 0) * 32_767), 44 + i * 4)
    wav.writeInt16LE(Math.round((right[i] ?? 0) * 32_767), 46 + i * 4)
  }
  return wav
}

/** Lowest and highest sample of each of `buckets` equal stretches, rounded to 1/1000. */
export function peaksOfSamples({ left, right }: StereoSamples, buckets: number): Peaks {
  return { left: peaksOfChannel(left, buckets), right: peaksOfChannel(right, buckets) }
}

function peaksOfChannel(samples: Float32Array, buckets: number): number[] {
  return Array.from({ length: buckets }, (_, b) => {
    const stretch = samples.subarray(
      Math.floor((b * samples.length) / buckets),
      Math.floor(((b + 1) * samples.length) / buckets),
    )
    const low = stretch.reduce((least, sample) => Math.min(least, sample), 0)
    const high = stretch.reduce((most, sample) => Math.max(most, sample), 0)
    return [Math.round(low * 1000) / 1000, Math.round(high * 1000) / 1000]
  }).flat()
}
