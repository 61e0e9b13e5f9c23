/** The spare audio of so many reads makes one entry… */
const READS_AN_ENTRY = 50
/** …and so many entries are remembered: ten seconds, in which most networks show their worst. */
const ENTRIES = 10

/**
 * Remembers how much audio was left over when it was least. What was never needed in ten seconds is delay for nothing;
 * a great deal need not be watched that long.
 */
export class DelayWatch {
  readonly #great: number
  #entries: number[] = []
  #least = Number.POSITIVE_INFINITY
  #reads = 0

  /** @param great samples that are too many whatever comes */
  constructor(great: number) {
    this.#great = great
  }

  /** @param spare samples left after a read. Returns how many were never needed. */
  note(spare: number): number {
    this.#least = Math.min(this.#least, spare)
    if (++this.#reads === READS_AN_ENTRY) {
      this.#entries.push(this.#least)
      if (this.#entries.length > ENTRIES) this.#entries.shift()
      this.#least = Number.POSITIVE_INFINITY
      this.#reads = 0
    }
    const known = Math.min(this.#least, ...this.#entries)
    const sure = this.#entries.length === ENTRIES || (this.#entries.length > 0 && known >= this.#great)
    return sure ? Math.max(0, known) : 0
  }

  /** So many samples were cut out. */
  cut(count: number): void {
    this.#entries = this.#entries.map((entry) => entry - count)
    this.#least -= count
  }

  /** Another stream: nothing is known of it. */
  forget(): void {
    this.#entries = []
    this.#least = Number.POSITIVE_INFINITY
    this.#reads = 0
  }
}
