import type { Sound } from './wav.ts'

/** Zero crossings of the sinc on each side: 20 keeps the transition within the telephone band's guard (3.4–4 kHz). */
const crossings = 20

/**
 * Changes the sample rate by a windowed-sinc filter (Blackman), one row of coefficients for each phase that the two
 * rates can have to one another. What lies above the new band is filtered out, so nothing folds back into speech.
 */
export function resample({ rate, samples }: Sound, toRate: number): Sound {
  if (rate === toRate) return { rate, samples }
  const divisor = gcd(rate, toRate)
  const [phases, step] = [toRate / divisor, rate / divisor]
  const cutoff = Math.min(1, toRate / rate) * 0.92 // of the input's Nyquist frequency
  const reach = Math.ceil(crossings / cutoff)
  const rows = Array.from({ length: phases }, (_, phase) => coefficients(phase / phases, reach, cutoff))

  const output = new Float64Array(Math.floor((samples.length * phases) / step))
  for (let n = 0; n < output.length; n++) {
    const position = n * step
    const first = Math.floor(position / phases) - reach + 1
    const row = rows[position % phases] as Float64Array
    let sum = 0
    for (let i = 0; i < row.length; i++) sum += (samples[first + i] ?? 0) * (row[i] as number)
    output[n] = sum
  }
  return { rate: toRate, samples: output }
}

/** The filter around a point that lies `fraction` after a sample, scaled so that a constant stays what it is. */
function coefficients(fraction: number, reach: number, cutoff: number): Float64Array {
  const row = Float64Array.from({ length: 2 * reach }, (_, i) => {
    const distance = i - reach + 1 - fraction
    const angle = Math.PI * cutoff * distance
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle
    const across = (distance / reach) * Math.PI
    return sinc * (0.42 + 0.5 * Math.cos(across) + 0.08 * Math.cos(2 * across))
  })
  const sum = row.reduce((total, value) => total + value, 0)
  return row.map((value) => value / sum)
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}
