import { describe, expect, it } from 'vitest'
import { pcma } from '../codec/g711.ts'
import { SideBuffer } from './side-buffer.ts'

/** Sends numbered frames: frame n is filled with one loud byte at its first sample. */
function packet(n: number, ssrc = 1) {
  const payload = Buffer.alloc(160, pcma.silence)
  payload[0] = 0xaa
  return { payloadType: 8, marker: false, sequence: n, timestamp: 5_000 + n * 160, ssrc, payload }
}

function peaks(side: SideBuffer, samples: number): number[] {
  const out = new Int16Array(samples * 2)
  side.take(samples, out, 0)
  return [...out.keys()].filter((i) => Math.abs(out[i]!) > 1_000).map((i) => i / 2)
}

describe('channel of a recording', () => {
  it('[RC6] keeps the spacing of the sender under jitter and disorder', () => {
    const side = new SideBuffer(0)
    const arrivals = [0, 1, 2, 3, 5, 4, 6, 7].map((n, i) => ({ n, at: 20 + n * 20 + ((i * 7) % 9) }))
    for (const { n, at } of arrivals) side.audio(packet(n), pcma, at)
    const found = peaks(side, 1_600)
    expect(found).toHaveLength(8)
    expect(found.map((place) => place - found[0]!)).toEqual([0, 160, 320, 480, 640, 800, 960, 1_120])
  })

  it.each([20.02, 19.98])('[RC7] follows a sender whose frames take %d ms, to within 20 ms', (frameMs) => {
    const side = new SideBuffer(0)
    let last = 0
    let worst = 0
    // 1000 ppm off for 100 s: 100 ms at the end unless followed.
    for (let n = 0; n < 5_000; n++) {
      const at = 20 + n * frameMs
      side.audio(packet(n), pcma, at)
      const found = peaks(side, Math.floor((at - 20) * 8) + 160 - last)
      for (const place of found) worst = Math.max(worst, Math.abs(last + place - (at - 20) * 8))
      last = Math.floor((at - 20) * 8) + 160
    }
    expect(worst).toBeGreaterThan(0)
    expect(worst).toBeLessThan(20 * 8)
  })

  it('[RC2] keeps two senders with clocks 400 ppm apart together for an hour of jitter', () => {
    const sides = [20.004, 19.996].map((frameMs) => ({
      ...{ buffer: new SideBuffer(0), frameMs, ssrc: frameMs * 1_000, next: { frame: 0 } },
    }))
    const quiet = Buffer.alloc(160, pcma.silence)
    const click = Buffer.from(quiet).fill(0xaa, 0, 1)
    const out = new Int16Array(16_384)
    const errors = { least: 0, most: 0 }
    for (let at = 0, taken = 0; at <= 3_600_000; at += 500) {
      for (const { buffer, frameMs, ssrc, next } of sides) {
        // One frame in 500 begins with a click; the network adds up to 30 ms.
        for (; next.frame * frameMs <= at; next.frame++) {
          const n = next.frame
          const payload = n % 500 === 0 ? click : quiet
          buffer.audio({ ...packet(n, ssrc), payload, timestamp: n * 160 }, pcma, (n + 1) * frameMs + ((n * 7) % 31))
        }
      }
      const count = (at - 300) * 8 - taken
      if (count <= 0) continue
      for (const { buffer, frameMs } of sides) {
        out.fill(0)
        buffer.take(count, out, 0)
        for (let i = 0; i < count; i++) {
          if (Math.abs(out[i * 2]!) < 1_000) continue
          const heardAt = (taken + i) / 8
          const error = heardAt - Math.round(heardAt / (500 * frameMs)) * 500 * frameMs
          errors.least = Math.min(errors.least, error)
          errors.most = Math.max(errors.most, error)
        }
      }
      taken += count
    }
    expect(errors.most).toBeGreaterThan(errors.least)
    expect(errors.most - errors.least).toBeLessThan(20)
  })

  it('[RC3] lets nothing of a pause through, though it comes after', () => {
    const side = new SideBuffer(0)
    for (let n = 0; n < 5; n++) side.audio(packet(n), pcma, 20 + n * 20)
    side.pause(100)
    side.audio(packet(5), pcma, 120)
    side.resume(160)
    for (const n of [6, 7, 8, 9]) side.audio(packet(n), pcma, 200 + n)
    expect(peaks(side, 1_600)).toEqual([0, 160, 320, 480, 640, 1_280, 1_440])
  })

  it('[RC8] finds its place anew for another stream', () => {
    const side = new SideBuffer(0)
    side.audio(packet(0), pcma, 20)
    side.audio({ ...packet(0, 2), timestamp: 77 }, pcma, 120)
    expect(peaks(side, 1_600)).toEqual([0, 800])
  })
})
