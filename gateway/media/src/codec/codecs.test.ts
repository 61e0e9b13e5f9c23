import { describe, expect, it } from 'vitest'
import { sine } from '../../test-kit/tones.ts'
import type { Codec, Rate } from './codec.ts'
import { codecs } from './register.ts'

/** A tone there and back: its level against all that is not the tone, in dB, and its amplitude. */
function quality(codec: Codec, hz: number, from: Rate, to: Rate, frameMs = 20) {
  const encoder = codec.encoder()
  const decoder = codec.decoder(to)
  const count = (from * frameMs) / 1_000
  const frames = Array.from({ length: 1_000 / frameMs }, (_, n) => {
    const payload = encoder.encode(sine(hz, count, n * count, 10_000, from), from)
    expect(codec.units(payload)).toBe((codec.clockRate * frameMs) / 1_000)
    return decoder.decode(payload)
  })
  const samples = Int16Array.from(frames.flatMap((frame) => [...frame])).subarray(to / 2)
  let [inPhase, across, power] = [0, 0, 0]
  for (const [i, sample] of samples.entries()) {
    inPhase += sample * Math.sin((2 * Math.PI * hz * i) / to)
    across += sample * Math.cos((2 * Math.PI * hz * i) / to)
    power += sample * sample
  }
  const amplitude = (2 * Math.hypot(inPhase, across)) / samples.length
  const tone = (amplitude * amplitude * samples.length) / 2
  return { amplitude, snr: 10 * Math.log10(tone / Math.max(1, power - tone)) }
}

describe('codecs', () => {
  it.each([
    ['PCMA', 35],
    ['PCMU', 35],
    ['G722', 45],
    ['opus', 30],
  ] as const)('[CO1] %s carries the telephone band at %i dB, at either rate', (name, dB) => {
    for (const hz of [440, 1_000]) {
      for (const [from, to] of [
        [8_000, 8_000],
        [16_000, 8_000],
        [8_000, 16_000],
        [16_000, 16_000],
      ] as const) {
        const { snr, amplitude } = quality(codecs[name], hz, from, to)
        expect(snr).toBeGreaterThan(dB - (from !== to ? 8 : 0))
        expect(Math.abs(amplitude - 10_000)).toBeLessThan(400)
      }
    }
  })

  it.each([
    ['G722', 20],
    ['opus', 25],
  ] as const)('[CO1] %s carries wide band at %i dB', (name, dB) => {
    for (const hz of [5_000, 6_500]) expect(quality(codecs[name], hz, 16_000, 16_000).snr).toBeGreaterThan(dB)
  })

  it('[CO1] what a narrow codec cannot carry is gone, not folded down', () => {
    expect(quality(codecs.PCMA, 5_000, 16_000, 16_000).amplitude).toBeLessThan(20)
  })

  it.each([10, 40, 60])('[CO2] takes frames of %i ms', (frameMs) => {
    for (const codec of Object.values(codecs))
      expect(quality(codec, 700, 8_000, 8_000, frameMs).snr).toBeGreaterThan(28)
  })

  it('[CO3] G.722 begins silence with the code that every other implementation begins it with', () => {
    const payload = codecs.G722.encoder().encode(new Int16Array(320), 16_000)
    expect(payload[0]).toBe(0xfa)
    const back = codecs.G722.decoder(16_000).decode(payload)
    expect(Math.max(...back.map(Math.abs))).toBeLessThan(16)
  })

  it('[CO4] many Opus coders share one library', () => {
    const encoders = Array.from({ length: 300 }, () => codecs.opus.encoder())
    const packets = encoders.map((encoder, i) => encoder.encode(sine(300 + i, 320, 0, 10_000, 16_000), 16_000))
    const again = encoders.map((encoder, i) => encoder.encode(sine(300 + i, 320, 320, 10_000, 16_000), 16_000))
    expect(packets.every((packet) => packet.length > 10)).toBe(true)
    const decoder = codecs.opus.decoder(16_000)
    decoder.decode(packets[140]!)
    const samples = decoder.decode(again[140]!)
    expect(Math.max(...samples)).toBeGreaterThan(6_000)
    expect(() => decoder.decode(Buffer.alloc(4_000, 1))).toThrow('no Opus packet')
  })
})
