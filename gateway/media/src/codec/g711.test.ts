import { describe, expect, it } from 'vitest'
import { pcma, pcmu, transcode } from './g711.ts'

describe('G.711', () => {
  it.each([
    ['PCMU', 0x00, -32_124],
    ['PCMU', 0x80, 32_124],
    ['PCMU', 0xff, 0],
    ['PCMA', 0x2a, -32_256],
    ['PCMA', 0xaa, 32_256],
    ['PCMA', 0xd5, 8],
    ['PCMA', 0x55, -8],
  ] as const)('%s decodes %i as %i', (name, byte, sample) => {
    expect((name === 'PCMU' ? pcmu : pcma).toLinear[byte]).toBe(sample)
  })

  it.each([pcmu, pcma])('$name encodes every value of its own alphabet to the same loudness', (codec) => {
    for (let byte = 0; byte < 256; byte++) {
      const sample = codec.toLinear[byte]!
      expect(codec.toLinear[codec.fromLinear[sample + 32_768]!]).toBe(sample)
    }
  })

  it.each([pcmu, pcma])('$name never errs by more than half a step', (codec) => {
    for (let sample = -32_000; sample <= 32_000; sample += 7) {
      const error = Math.abs(codec.toLinear[codec.fromLinear[sample + 32_768]!]! - sample)
      expect(error).toBeLessThanOrEqual(Math.max(9, Math.abs(sample) / 16))
    }
  })

  it('transcodes in place, and there and back stays within one quantisation step', () => {
    const payload = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    transcode(payload, pcmu, pcma)
    for (let byte = 0; byte < 256; byte++) {
      const before = pcmu.toLinear[byte]!
      expect(Math.abs(pcma.toLinear[payload[byte]!]! - before)).toBeLessThanOrEqual(Math.max(16, Math.abs(before) / 16))
    }
  })
})
