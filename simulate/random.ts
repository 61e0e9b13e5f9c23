/** Chance that is the same for the same seed (mulberry32): at least 0, less than 1. */
export type Chance = () => number

export function seededChance(seed: number): Chance {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Exponential with this mean: most are short, a few long. */
export const exponential = (chance: Chance, mean: number): number => -Math.log(1 - chance()) * mean
