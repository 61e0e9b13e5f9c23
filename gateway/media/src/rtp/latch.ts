/**
 * Which source a leg listens to. The first packet locks its address; another one is heard only after a re-INVITE, or
 * when the locked one has been silent. Protects a call from injected audio and from being redirected. Who sprays packets
 * over all ports may be the first: he is out as soon as the address that was announced speaks.
 *
 *   open ─packet→ locked ─re-INVITE→ moving ─packet from elsewhere→ locked
 *                   └─packet from the announced address→ locked to that
 */
export class SourceLatch {
  readonly #silenceMs: number
  #locked: { address: string; port: number; heardAt: number } | undefined
  #moving = false
  #announced: { address: string; port: number } | undefined

  /** @param silenceMs how long the locked source must be silent before another may take over */
  constructor(silenceMs: number) {
    this.#silenceMs = silenceMs
  }

  /** Where to send, once a source is locked and no move is under way. */
  get target(): { address: string; port: number } | undefined {
    return this.#moving ? undefined : this.#locked
  }

  /** Whether a packet from this source is heard. @param at monotonic clock in ms */
  accept(address: string, port: number, at: number): boolean {
    const locked = this.#locked
    if (locked && locked.address === address && locked.port === port) {
      locked.heardAt = at
      return true
    }
    const isAnnounced = this.#announced?.address === address && this.#announced.port === port
    if (locked && !this.#moving && !isAnnounced && at - locked.heardAt < this.#silenceMs) return false
    this.#locked = { address, port, heardAt: at }
    this.#moving = false
    return true
  }

  /** Where the other side said that it sends from. A phone behind NAT never does. */
  announce(address: string, port: number): void {
    this.#announced = { address, port }
  }

  /** The other side announced a new address: the old source is heard until the new one speaks. */
  move(): void {
    this.#moving = this.#locked !== undefined
  }
}
