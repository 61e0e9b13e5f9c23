/** How alike two stretches are that lie `lag` apart, -1..1; 1 for silence. */
function likeness(samples: Int16Array, from: number, lag: number, length: number): number {
  let product = 0
  let here = 0
  let there = 0
  for (let i = from; i < from + length; i++) {
    const a = samples[i]!
    const b = samples[i + lag]!
    product += a * b
    here += a * a
    there += b * b
  }
  const size = Math.sqrt(here * there)
  // Below a few steps of the codec everything is as good as silence.
  return size < 100 * length ? 1 : product / size
}

/**
 * The lag at which a stretch repeats itself best: a pitch period, or some of them.
 * @param from start of the earlier one of the two stretches compared
 * @param length of each; `from + longest + length` samples must be there
 */
export function bestPeriod(
  samples: Int16Array,
  { from, length, shortest, longest }: { from: number; length: number; shortest: number; longest: number },
): { lag: number; likeness: number } {
  let best = { lag: longest, likeness: Number.NEGATIVE_INFINITY }
  for (let lag = longest; lag >= shortest; lag--) {
    const alike = likeness(samples, from, lag, length)
    if (alike > best.likeness) best = { lag, likeness: alike }
    if (alike === 1) break
  }
  return best
}
