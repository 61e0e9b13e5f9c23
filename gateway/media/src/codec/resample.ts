import { setImmediate } from 'node:timers/promises'
import { SAMPLE_RATE } from './g711.ts'
import type { Wav } from './wav.ts'

/** Telephone band: what lies above would come back as noise. */
const CUTOFF_HZ = 3_600
/** Zero crossings of the filter on each side. */
const LOBES = 16
/** Samples computed before other work gets its turn. */
const SLICE_SAMPLES = 4_000

/** Turns a file into 8 kHz mono, without stalling the audio of calls. */
export async function toTelephone(wav: Wav): Promise<Int16Array> {
  const mono = wav.channels === 1 ? wav.samples : downmix(wav.samples)
  if (wav.sampleRate === SAMPLE_RATE) return mono
  const { phases, half, step } = filterBank(wav.sampleRate)
  const out = new Int16Array(Math.floor((mono.length * SAMPLE_RATE) / wav.sampleRate))
  for (let i = 0; i < out.length; i++) {
    const position = i * step.in
    const centre = Math.floor(position / step.out)
    out[i] = convolve(mono, centre - half, phases[position % step.out]!)
    if (i % SLICE_SAMPLES === SLICE_SAMPLES - 1) await setImmediate()
  }
  return out
}

function downmix(stereo: Int16Array): Int16Array {
  const mono = new Int16Array(stereo.length / 2)
  for (let i = 0; i < mono.length; i++) mono[i] = (stereo[i * 2]! + stereo[i * 2 + 1]!) >> 1
  return mono
}

function convolve(samples: Int16Array, start: number, taps: Float64Array): number {
  let sum = 0
  for (let k = 0; k < taps.length; k++) sum += (samples[start + k] ?? 0) * taps[k]!
  return Math.max(-32_768, Math.min(32_767, Math.round(sum)))
}

/** One windowed-sinc low-pass for each place an output sample can have between two input samples. */
function filterBank(rate: number) {
  const divisor = gcd(rate, SAMPLE_RATE)
  const step = { in: rate / divisor, out: SAMPLE_RATE / divisor }
  const half = Math.ceil((LOBES * rate) / (2 * CUTOFF_HZ))
  const phases = Array.from({ length: step.out }, (_, phase) => lowPass(rate, half, phase / step.out))
  return { phases, half, step }
}

function lowPass(rate: number, half: number, offset: number): Float64Array {
  const width = (2 * CUTOFF_HZ) / rate
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, k) => {
    const x = k - half - offset
    const window = Math.abs(x) >= half ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * x) / half)
    return (x === 0 ? 1 : Math.sin(Math.PI * width * x) / (Math.PI * width * x)) * window
  })
  const gain = taps.reduce((sum, tap) => sum + tap, 0)
  return taps.map((tap) => tap / gain)
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}
