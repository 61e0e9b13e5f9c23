/** Stretches of 10 ms in which a tone is not what it was: too soft or loud, or with a jump. */
export function glitches(samples: Int16Array, hz: number, amplitude: number, rate = 8_000): number[] {
  const length = rate / 100
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rate)
  const bad: number[] = []
  for (let start = length; start + length <= samples.length; start += length) {
    let sine = 0
    let cosine = 0
    let jump = 0
    for (let i = start; i < start + length; i++) {
      const angle = (2 * Math.PI * hz * i) / rate
      sine += samples[i]! * Math.sin(angle)
      cosine += samples[i]! * Math.cos(angle)
      jump = Math.max(jump, Math.abs(samples[i]! - coefficient * samples[i - 1]! + samples[i - 2]!))
    }
    const level = (2 * Math.hypot(sine, cosine)) / length
    if (level < 0.7 * amplitude || level > 1.3 * amplitude || jump > 0.3 * amplitude) bad.push(start / length)
  }
  return bad
}
