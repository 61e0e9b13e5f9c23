import type { Sound } from './wav.ts'

const silence = 10 ** (-50 / 20)
const leadMs = 20
const tailMs = 60
const fadeMs = 5

/** Cuts the silence before and after speech down to what lets prompts follow one another as words do, without clicks. */
export function trimSilence({ rate, samples }: Sound): Sound {
  const first = samples.findIndex((sample) => Math.abs(sample) > silence)
  if (first === -1) return { rate, samples: new Float64Array(0) }
  const last = samples.findLastIndex((sample) => Math.abs(sample) > silence)
  const inSamples = (ms: number) => Math.round((ms / 1000) * rate)
  const spoken = samples.slice(
    Math.max(0, first - inSamples(leadMs)),
    Math.min(samples.length, last + inSamples(fadeMs)),
  )
  const fade = Math.min(inSamples(fadeMs), spoken.length)
  for (let i = 0; i < fade; i++) {
    const gain = i / fade
    spoken[i] = (spoken[i] as number) * gain
    spoken[spoken.length - 1 - i] = (spoken[spoken.length - 1 - i] as number) * gain
  }
  const padded = new Float64Array(spoken.length + inSamples(tailMs))
  padded.set(spoken)
  return { rate, samples: padded }
}

/** Scales a sound so that its loudest sample has the given level. */
export function normalisePeak({ rate, samples }: Sound, peakDbfs: number): Sound {
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0)
  if (peak === 0) return { rate, samples }
  const gain = 10 ** (peakDbfs / 20) / peak
  return { rate, samples: samples.map((sample) => sample * gain) }
}
