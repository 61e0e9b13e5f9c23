/** Taps of the low-pass at a quarter of the wide rate; every second one but the middle is zero. */
const TAPS = 47
const MIDDLE = (TAPS - 1) / 2

const filter = Float64Array.from({ length: TAPS }, (_, k) => {
  const x = k - MIDDLE
  const window = 0.42 + 0.5 * Math.cos((Math.PI * x) / (MIDDLE + 1)) + 0.08 * Math.cos((2 * Math.PI * x) / (MIDDLE + 1))
  return x === 0 ? 0.5 : (Math.sin((Math.PI * x) / 2) / (Math.PI * x)) * window
})
/** The taps that are not zero, beside the middle one. */
const side = filter.filter((_, k) => (k - MIDDLE) % 2 !== 0)

/** Brings a stream from 16 to 8 kHz; what lies above 4 kHz is gone. */
export class Halver {
  #tail = new Int16Array(TAPS - 1)

  /** @param samples an even number of them */
  run(samples: Int16Array): Int16Array {
    const all = joined(this.#tail, samples)
    const out = new Int16Array(samples.length / 2)
    for (let i = 0; i < out.length; i++) {
      let sum = all[2 * i + MIDDLE]! * 0.5
      for (let k = 0; k < side.length; k++) sum += all[2 * i + 2 * k]! * side[k]!
      out[i] = clipped(sum)
    }
    this.#tail = all.slice(-(TAPS - 1))
    return out
  }
}

/** Brings a stream from 8 to 16 kHz; the new upper half is empty. */
export class Doubler {
  #tail = new Int16Array(side.length - 1)

  run(samples: Int16Array): Int16Array {
    const all = joined(this.#tail, samples)
    const out = new Int16Array(samples.length * 2)
    const centre = side.length / 2 - 1
    for (let i = 0; i < samples.length; i++) {
      let sum = 0
      for (let k = 0; k < side.length; k++) sum += all[i + k]! * side[k]!
      out[2 * i] = all[i + centre]!
      out[2 * i + 1] = clipped(2 * sum)
    }
    this.#tail = all.slice(-(side.length - 1))
    return out
  }
}

function joined(tail: Int16Array, samples: Int16Array): Int16Array {
  const all = new Int16Array(tail.length + samples.length)
  all.set(tail)
  all.set(samples, tail.length)
  return all
}

function clipped(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value)))
}
