const BITS = 64n
const MASK = (1n << BITS) - 1n

/** Which of the last 64 indexes came already, RFC 3711 3.3.2. */
export class ReplayWindow {
  #highest = -1
  #seen = 0n

  /** Whether an index is new and not too old to be known. */
  admits(index: number): boolean {
    const behind = this.#highest - index
    return behind < 0 || (behind < Number(BITS) && (this.#seen & (1n << BigInt(behind))) === 0n)
  }

  /** Notes a packet that was authentic. */
  note(index: number): void {
    const ahead = index - this.#highest
    if (ahead > 0) {
      this.#seen = ahead >= Number(BITS) ? 1n : ((this.#seen << BigInt(ahead)) | 1n) & MASK
      this.#highest = index
    } else this.#seen |= 1n << BigInt(-ahead)
  }
}
