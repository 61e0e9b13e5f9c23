/** A stream of random numbers that is the same for the same seed. */
export type Random = {
  /** 0 (included) to 1 (not). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** Picks by weight. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T
  /** A waiting time with this mean, most of them short, a few long. */
  exponential(mean: number): number
  digits(count: number): string
  uuid(): string
}

/** xorshift32 after a multiplication: good enough for people, weak for secrets. */
export function seededRandom(seed: number): Random {
  let state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) | 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4_294_967_296
  }
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  const digits = (count: number) => Array.from({ length: count }, () => int(0, 9)).join('')
  const hex = (count: number) => Array.from({ length: count }, () => int(0, 15).toString(16)).join('')
  return {
    next,
    int,
    digits,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(0, items.length - 1)] as (typeof items)[number],
    weighted(items) {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of items) {
        left -= weight
        if (left < 0) return item
      }
      return (items.at(-1) as (typeof items)[number])[0]
    },
    exponential: (mean) => -Math.log(1 - next()) * mean,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${(8 + int(0, 3)).toString(16)}${hex(3)}-${hex(12)}`,
  }
}
