import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sine, strength, wav } from '../../test-kit/tones.ts'
import { toTelephone } from './resample.ts'
import { parseWav, wavHeader } from './wav.ts'

describe('WAV', () => {
  it.each([8_000, 16_000, 44_100, 48_000])(
    '[PL8] brings %i Hz to 8 kHz: telephone band kept, what lies above gone',
    async (rate) => {
      const seconds = 1
      const kept = await toTelephone(parseWav(wav(sine(1_000, rate * seconds, 0, 10_000, rate), rate)))
      expect(kept.length).toBe(8_000)
      expect(strength(kept, 1_000)).toBeCloseTo(10_000 / 32_768, 1)
      if (rate === 8_000) return
      const gone = await toTelephone(parseWav(wav(sine(5_000, rate * seconds, 0, 10_000, rate), rate)))
      expect(strength(gone, 3_000)).toBeLessThan(0.003)
    },
  )

  it('[PL8] mixes stereo down', async () => {
    const stereo = new Int16Array(16_000).map((_, i) => (i % 2 === 0 ? 8_000 : 4_000))
    const file = Buffer.concat([wavHeader(8_000, 2, 32_000), Buffer.from(stereo.buffer)])
    const mono = await toTelephone(parseWav(file))
    expect(mono).toHaveLength(8_000)
    expect(mono[100]).toBe(6_000)
  })

  it('[PL9] refuses what is no WAV with a sentence, and never fails otherwise', () => {
    const whole = wav(sine(440, 400))
    const broken = fc
      .tuple(fc.nat(whole.length), fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }))
      .map(([length, changes]) => {
        const file = Buffer.from(whole)
        for (const [at, byte] of changes) file[at] = byte
        return file.subarray(0, length)
      })
    fc.assert(
      fc.property(broken, (file) => {
        try {
          parseWav(file)
        } catch (error) {
          expect(error).not.toBeInstanceOf(RangeError)
          expect((error as Error).message).not.toBe('')
        }
      }),
    )
  })
})
