import { randomInt } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { MediaError } from '../protocol/errors.ts'

/** Where a leg gets its port, in this thread or from another. */
export type PortSource = {
  /** Takes a free even port. Throws MediaError `no_ports`. */
  take(): number | Promise<number>
  release(port: number): void
}

/** Hands out random even ports of a range, each resting for a while after use (its odd neighbour is for RTCP). */
export class PortPool implements PortSource {
  readonly #first: number
  readonly #pairs: number
  readonly #restMs: number
  readonly #used = new Set<number>()
  readonly #restsUntil = new Map<number, number>()

  constructor(range: { from: number; to: number }, restMs: number) {
    this.#first = range.from + (range.from % 2)
    this.#pairs = Math.floor((range.to - this.#first + 1) / 2)
    this.#restMs = restMs
  }

  get inUse(): number {
    return this.#used.size
  }

  /** Takes a free port. Throws MediaError `no_ports` when all are in use or rest. */
  take(): number {
    const now = performance.now()
    const start = this.#pairs > 0 ? randomInt(0, this.#pairs) : 0
    for (let i = 0; i < this.#pairs; i++) {
      const port = this.#first + ((start + i) % this.#pairs) * 2
      if (this.#used.has(port) || (this.#restsUntil.get(port) ?? 0) > now) continue
      this.#restsUntil.delete(port)
      this.#used.add(port)
      return port
    }
    throw new MediaError(
      'no_ports',
      `all ${this.#pairs} RTP ports are in use or rest (setting RINGDOWN_MEDIA_RTP_PORTS)`,
    )
  }

  /** Gives a port back; it rests before it is handed out again. */
  release(port: number): void {
    if (this.#used.delete(port)) this.#restsUntil.set(port, performance.now() + this.#restMs)
  }
}
