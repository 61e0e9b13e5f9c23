import { performance } from 'node:perf_hooks'

/** Length of one frame, and so of one tick. */
export const TICK_MS = 20
/** A process that stalled longer than this drops the ticks: sending a second of audio at once helps nobody. */
const MAX_CATCH_UP_TICKS = 25

/** Something that does a piece of work every 20 ms. */
export type Ticker = {
  /** @param at the tick's nominal moment on the monotonic clock in ms; @param index its number, +1 each tick */
  tick(at: number, index: number): void
}

/**
 * The one timer of a thread. Ticks lie on a fixed grid of the monotonic clock, so they never drift; late ones are
 * caught up at once.
 */
export class TickEngine {
  readonly #tickers = new Set<Ticker>()
  readonly #onError: (error: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #nextAt = 0
  #index = 0
  /** Ticks given up because the process stalled. */
  skipped = 0

  /** @param onError is told when a ticker throws; the others go on */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  add(ticker: Ticker): void {
    this.#tickers.add(ticker)
  }

  remove(ticker: Ticker): void {
    this.#tickers.delete(ticker)
  }

  /** @param originAt the moment of tick 0, for engines that shall tick and count as one; now unless given */
  start(originAt?: number): void {
    const now = performance.now()
    const origin = originAt ?? now
    this.#index = Math.max(0, Math.ceil((now - origin) / TICK_MS))
    this.#nextAt = origin + this.#index * TICK_MS
    this.#run()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #run(): void {
    const now = performance.now()
    this.#giveUpStale(now)
    for (; this.#nextAt <= now; this.#nextAt += TICK_MS, this.#index++) {
      for (const ticker of this.#tickers) this.#tick(ticker)
    }
    this.#timer = setTimeout(() => this.#run(), Math.max(1, Math.ceil(this.#nextAt - performance.now())))
  }

  #tick(ticker: Ticker): void {
    try {
      ticker.tick(this.#nextAt, this.#index)
    } catch (error) {
      this.#onError(error)
    }
  }

  #giveUpStale(now: number): void {
    const due = Math.floor((now - this.#nextAt) / TICK_MS)
    if (due <= MAX_CATCH_UP_TICKS) return
    this.skipped += due
    this.#index += due
    this.#nextAt += due * TICK_MS
  }
}
