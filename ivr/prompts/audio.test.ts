import { describe, expect, it } from 'vitest'
import { normalisePeak, trimSilence } from './level.ts'
import { composeMusic } from './music.ts'
import { resample } from './resample.ts'
import { fromWav, type Sound, toWav } from './wav.ts'

const tone = (hertz: number, rate = 22_050, seconds = 0.5): Sound => ({
  rate,
  samples: Float64Array.from({ length: rate * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate)),
})
const rms = (samples: Float64Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length)
const decibels = (ratio: number) => 20 * Math.log10(ratio)

describe('WAV files', () => {
  it('come back as they were written', () => {
    const sound = tone(440)
    const back = fromWav(toWav(sound))
    expect(back.rate).toBe(22_050)
    expect(Math.max(...back.samples.map((x, i) => Math.abs(x - (sound.samples[i] as number))))).toBeLessThan(1e-4)
  })

  it('of unknown length, as a stream writes them, are read to their end', () => {
    const file = toWav(tone(440))
    file.writeUInt32LE(0x7ffff000, 40)
    expect(fromWav(file).samples).toHaveLength(22_050 / 2)
  })

  it('of other kinds are refused', () => {
    const stereo = toWav(tone(440))
    stereo.writeUInt16LE(2, 22)
    expect(() => fromWav(stereo)).toThrow('not a mono 16-bit PCM WAV file')
    expect(() => fromWav(Buffer.from('ID3 something else'))).toThrow('not a WAV file')
  })
})

describe('resampling 22,050 Hz to 8,000 Hz', () => {
  it.each([300, 1000, 3000])('keeps a tone of %i Hz', (hertz) => {
    const { samples } = resample(tone(hertz), 8000)
    const expected = tone(hertz, 8000).samples
    const middle = Array.from({ length: 2000 }, (_, i) => 1000 + i)
    const error = rms(Float64Array.from(middle, (i) => (samples[i] as number) - (expected[i] as number)))
    expect(decibels(error / rms(expected))).toBeLessThan(-50)
  })

  it.each([4500, 6000, 9000])('lets nothing of %i Hz fold back into speech', (hertz) => {
    const { samples } = resample(tone(hertz), 8000)
    expect(decibels(rms(samples.subarray(500, 3500)) / rms(tone(hertz).samples))).toBeLessThan(-55)
  })
})

describe('levels', () => {
  it('bring the loudest sample to the peak', () => {
    expect(Math.max(...normalisePeak(tone(440), -3).samples)).toBeCloseTo(10 ** (-3 / 20), 3)
  })

  it('leave silence alone', () => {
    expect(normalisePeak({ rate: 8000, samples: new Float64Array(10) }, -3).samples).toEqual(new Float64Array(10))
  })

  it('cut silence before and after, and end in silence', () => {
    const spoken = tone(440, 8000).samples
    const samples = new Float64Array(24_000)
    samples.set(spoken, 8000)
    const trimmed = trimSilence({ rate: 8000, samples }).samples
    expect(trimmed.length / 8).toBeCloseTo(500 + 20 + 5 + 60, -1)
    expect(Math.abs(trimmed[0] as number)).toBe(0)
    expect(trimmed.at(-1)).toBe(0)
  })
})

describe('music on hold', () => {
  const { samples, rate } = composeMusic()

  it('lasts 48 seconds and never clips', () => {
    expect(samples.length / rate).toBe(48)
    expect(samples.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0)).toBeCloseTo(10 ** (-9 / 20), 3)
  })

  it('has no seam: the step from the end to the start is like any other', () => {
    const steps = samples.map((x, i) => Math.abs(x - (samples.at(i - 1) as number)))
    const typical = rms(steps)
    expect(steps[0]).toBeLessThan(4 * typical)
  })

  it('is never silent for a second', () => {
    const seconds = Array.from({ length: 48 }, (_, i) => rms(samples.subarray(i * rate, (i + 1) * rate)))
    expect(Math.min(...seconds)).toBeGreaterThan(0.02)
  })
})
