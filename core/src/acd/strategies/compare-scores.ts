import type { Score } from './strategy.ts'

/** Part by part, the first that differs decides. Negative: `a` goes first. */
export function compareScores(a: Score, b: Score): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i]! < b[i]!) return -1
    if (a[i]! > b[i]!) return 1
  }
  return 0
}
