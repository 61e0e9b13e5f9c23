/** A stereo 16-bit WAV as peaks: for each of `buckets` stretches the lowest and highest sample per channel, −1…1. */
export type StereoPeaks = { left: number[]; right: number[] }

/**
 * Reads the peaks of interleaved 16-bit little-endian stereo samples.
 * @param data the samples without the WAV header
 * @returns two lists of `2 · buckets` numbers: lowest, highest, lowest, highest …, rounded to 1/1000
 */
export function peaksOf(data: Buffer, buckets: number): StereoPeaks {
  const frames = Math.floor(data.length / 4)
  const count = Math.min(buckets, Math.max(frames, 1))
  const peaks: StereoPeaks = { left: [], right: [] }
  for (let b = 0; b < count; b++) {
    const from = Math.floor((b * frames) / count)
    const to = Math.floor(((b + 1) * frames) / count)
    peaks.left.push(...extremes(data, from, to, 0))
    peaks.right.push(...extremes(data, from, to, 2))
  }
  return peaks
}

function extremes(data: Buffer, from: number, to: number, offset: number): [number, number] {
  let low = 0
  let high = 0
  for (let frame = from; frame < to; frame++) {
    const sample = data.readInt16LE(frame * 4 + offset)
    if (sample < low) low = sample
    if (sample > high) high = sample
  }
  return [Math.round((low / 32_768) * 1000) / 1000, Math.round((high / 32_768) * 1000) / 1000]
}
