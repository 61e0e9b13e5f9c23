import { describe, expect, it } from 'vitest'
import { glitches } from '../../test-kit/continuity.ts'
import { BadNetwork, type Impairment } from '../../test-kit/impairment.ts'
import { sine } from '../../test-kit/tones.ts'
import type { Codec, Rate } from '../codec/codec.ts'
import { comfortNoise } from '../codec/comfort-noise.ts'
import { codecs } from '../codec/register.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { Ear } from './ear.ts'

type Given = { codec?: Codec; rate?: Rate; hz?: number; seconds?: number; packetMs?: number; fastPpm?: number }

/** A tone through a bad network, heard for a while in a time of its own. */
function hear(harm: Impairment, given: Given = {}) {
  const { codec = codecs.PCMA, rate = 8_000, hz = 440, seconds = 20, packetMs = 20, fastPpm = 0 } = given
  const network = new BadNetwork(harm)
  const encoder = codec.encoder()
  const count = (rate * packetMs) / 1_000
  const arrivals: { at: number; packet: RtpPacket }[] = []
  for (let n = 0; n * packetMs < seconds * 1_000; n++) {
    const sentAt = n * packetMs * (1 - fastPpm / 1e6) + 3
    const packet = {
      payloadType: codec.payloadType,
      marker: false,
      sequence: (n + 65_500) & 0xffff,
      timestamp: ((n * codec.clockRate * packetMs) / 1_000 + 0xffff_f000) >>> 0,
      ssrc: 1,
      payload: encoder.encode(sine(hz, count, n * count, 10_000, rate), rate),
    }
    for (const delay of network.delays(sentAt)) arrivals.push({ at: sentAt + delay, packet })
  }
  arrivals.sort((a, b) => a.at - b.at)
  const ear = new Ear(rate)
  const frame = new Int16Array(rate / 50)
  const samples = new Int16Array(frame.length * seconds * 50)
  let next = 0
  for (let tick = 0; tick < seconds * 50; tick++) {
    for (; next < arrivals.length && arrivals[next]!.at <= tick * 20; next++) ear.receive(arrivals[next]!.packet, codec)
    ear.read(frame)
    samples.set(frame, tick * frame.length)
  }
  const settled = samples.subarray(rate / 5)
  const replacedMs = (ear.replaced * 1_000) / rate
  const cutMs = (ear.cut * 1_000) / rate
  return {
    samples: settled,
    glitchesPerSecond: glitches(settled, hz, 10_000, rate).length / seconds,
    replacedMs,
    cutMs,
  }
}

describe('ear', () => {
  it('[EA1] hears an undisturbed stream as it is', () => {
    for (const packetMs of [10, 20, 30, 60]) {
      expect(hear({}, { packetMs, seconds: 5 })).toMatchObject({ glitchesPerSecond: 0, replacedMs: 0, cutMs: 0 })
    }
  })

  it.each([0.01, 0.05, 0.1])('[EA2] replaces a loss of %f so that a tone goes on', (loss) => {
    const { glitchesPerSecond, replacedMs } = hear({ loss }, { hz: 707 })
    expect(replacedMs).toBeGreaterThan(0.4 * loss * 20_000)
    expect(replacedMs).toBeLessThan(1.6 * loss * 20_000)
    expect(glitchesPerSecond).toBeLessThan(0.5)
  })

  it('[EA2] lets a long loss fade, and comes back', () => {
    expect(hear({ loss: 0.05, burst: 3 }).glitchesPerSecond).toBeLessThan(4)
  })

  it('[EA3] puts disorder in order and leaves out doubles', () => {
    expect(hear({ reordered: 0.05, duplicated: 0.1 }).glitchesPerSecond).toBeLessThan(0.5)
    // The first late one made the delay as long as is needed; nothing is replaced after that.
    expect(hear({ reordered: 0.05, duplicated: 0.1 }).replacedMs).toBeLessThanOrEqual(60)
  })

  it('[EA4] grows to what the network needs and no further, then shrinks', () => {
    const jittery = hear({ jitterMs: 50 }, { seconds: 60 })
    expect(jittery.replacedMs).toBeLessThanOrEqual(80)
    expect(jittery.glitchesPerSecond).toBe(0)
    const stalled = hear({ stall: { everyMs: 20_000, lastsMs: 80 } }, { seconds: 19 })
    expect(stalled.cutMs).toBeGreaterThan(40)
    expect(stalled.glitchesPerSecond).toBeLessThan(0.6)
  })

  it.each([200, -200])('[EA5] follows a clock that is %i ppm off for five minutes', (fastPpm) => {
    const { glitchesPerSecond, replacedMs, cutMs } = hear({}, { fastPpm, seconds: 300 })
    expect(glitchesPerSecond).toBeLessThan(0.02)
    if (fastPpm > 0) expect(cutMs).toBeGreaterThan(30)
    else expect(replacedMs).toBeGreaterThan(40)
    expect(replacedMs + cutMs).toBeLessThan(150)
  })

  it('[EA6] throws away what a stall of half a second has piled up', () => {
    const { replacedMs, glitchesPerSecond } = hear({ stall: { everyMs: 30_000, lastsMs: 500 } }, { seconds: 31 })
    expect(replacedMs).toBeGreaterThan(300)
    expect(glitchesPerSecond).toBeLessThan(3)
  })

  it.each([
    ['PCMU', 8_000],
    ['G722', 8_000],
    ['G722', 16_000],
    ['opus', 8_000],
    ['opus', 16_000],
  ] as const)('[EA2] does so for %s at %i Hz', (name, rate) => {
    const given = { codec: codecs[name], rate, seconds: 10 }
    expect(hear({}, given).glitchesPerSecond).toBe(0)
    expect(hear({ loss: 0.05, jitterMs: 10 }, given).glitchesPerSecond).toBeLessThan(5)
  })

  it('[EA7] another stream starts at once, whatever its numbers', () => {
    const ear = new Ear(8_000)
    const frame = new Int16Array(160)
    const say = (ssrc: number, n: number, value: number) => {
      const payload = codecs.PCMA.encoder().encode(new Int16Array(160).fill(value), 8_000)
      const header = { payloadType: 8, marker: false, sequence: n, timestamp: n * 160, ssrc }
      ear.receive({ ...header, payload }, codecs.PCMA)
      ear.read(frame)
      return frame[150]!
    }
    for (let n = 0; n < 5; n++) expect(say(1, 40_000 + n, 8_000)).toBeGreaterThan(7_000)
    for (let n = 0; n < 5; n++) expect(say(2, n, -8_000)).toBeLessThan(-7_000)
    // The same sender after a restart.
    for (let n = 0; n < 5; n++) expect(say(2, 20_000 + n, 8_000)).toBeGreaterThan(7_000)
  })

  it('[EA8] plays the noise a sender asks for in its pauses, and never in loss', () => {
    const ear = new Ear(8_000)
    const frame = new Int16Array(160)
    const header = { payloadType: 13, marker: false, sequence: 1, timestamp: 0, ssrc: 1 }
    const loudness = () => {
      for (let i = 0; i < 10; i++) ear.read(frame)
      return Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length)
    }
    expect(loudness()).toBe(0)
    ear.receive({ ...header, payload: Buffer.from([40]) }, comfortNoise)
    expect(loudness()).toBeGreaterThan(0.7 * 327)
    expect(loudness()).toBeLessThan(1.3 * 327)
  })

  it('never fails on any bytes', () => {
    const ear = new Ear(8_000)
    const frame = new Int16Array(160)
    for (const codec of Object.values(codecs)) {
      for (let n = 0; n < 500; n++) {
        const payload = Buffer.from(Array.from({ length: n % 90 }, () => Math.floor(Math.random() * 256)))
        ear.receive({ payloadType: 0, marker: false, sequence: n, timestamp: n * 160, ssrc: 9, payload }, codec)
        ear.read(frame)
      }
    }
  })
})
