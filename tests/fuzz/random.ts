/** Random choices that a seed repeats (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 0 ≤ x < 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** 0 ≤ n < below */
  below(below: number): number {
    return Math.floor(this.next() * below)
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }

  bytes(length: number): Buffer {
    return Buffer.from(Uint8Array.from({ length }, () => this.below(256)))
  }
}

/** Values at which lengths, counts and signs break. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff]

/** One to four small harms: bits, edge values, cuts, repeats, strange bytes, a piece of another sample. */
export function mutate(random: Random, sample: Buffer, others: readonly Buffer[]): Buffer {
  let data: Buffer = Buffer.from(sample)
  for (let i = 1 + random.below(4); i > 0; i--) data = harm(random, data, others)
  return data
}

function harm(random: Random, data: Buffer, others: readonly Buffer[]): Buffer {
  const at = random.below(data.length + 1)
  const length = random.below(Math.min(64, data.length - at + 1))
  switch (random.below(7)) {
    case 0:
      if (at < data.length) data[at]! ^= 1 << random.below(8)
      return data
    case 1:
      data.fill(random.pick(EDGES), at, Math.min(data.length, at + 1 + random.below(4)))
      return data
    case 2:
      return data.subarray(0, at)
    case 3:
      return Buffer.concat([data.subarray(0, at + length), data.subarray(at)])
    case 4:
      return Buffer.concat([data.subarray(0, at), random.bytes(length), data.subarray(at)])
    case 5:
      return Buffer.concat([data.subarray(0, at), data.subarray(at + length)])
    default:
      return Buffer.concat([data.subarray(0, at), random.pick(others).subarray(at)])
  }
}
