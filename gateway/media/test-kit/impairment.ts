/** What a bad network does to packets. Shares are 0..1. */
export type Impairment = {
  /** Share of packets lost, and how many in a row on average. */
  loss?: number
  burst?: number
  /** Each packet is late by up to this. */
  jitterMs?: number
  /** Share of packets that come 30 ms late, after those sent behind them. */
  reordered?: number
  duplicated?: number
  /** Every so often nothing comes for a while, then all at once. */
  stall?: { everyMs: number; lastsMs: number }
  seed?: number
}

/** A bad network: the same seed does the same harm. */
export class BadNetwork {
  readonly #harm: Required<Omit<Impairment, 'stall' | 'seed'>> & Pick<Impairment, 'stall'>
  #state: number
  #losing = false

  constructor({ seed = 1, ...harm }: Impairment) {
    this.#harm = { loss: 0, burst: 1, jitterMs: 0, reordered: 0, duplicated: 0, ...harm }
    this.#state = seed
  }

  /** How much later a packet sent at a moment arrives, once for each copy; none: it is lost. */
  delays(sentAt: number): number[] {
    const { loss, burst, jitterMs, reordered, duplicated, stall } = this.#harm
    // Two states (Gilbert): the share of time in the bad one is the loss, 1 / burst the chance to leave it.
    const leave = 1 / burst
    const enter = loss >= 1 ? 1 : (leave * loss) / (1 - loss)
    this.#losing = this.#losing ? this.#random() >= leave : this.#random() < enter
    if (this.#losing) return []
    let delay = this.#random() * jitterMs + (this.#random() < reordered ? 30 : 0)
    if (stall) {
      const into = sentAt % stall.everyMs
      if (into < stall.lastsMs) delay += stall.lastsMs - into
    }
    return this.#random() < duplicated ? [delay, delay + 5] : [delay]
  }

  /** mulberry32 */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
