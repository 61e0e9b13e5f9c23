/** Beats a life must miss to be given up. */
const MISSED_BEATS = 5

type Setting = {
  /** Asks for a sign of life; a rejection is one that has ended already. */
  beat(): Promise<unknown>
  /** How long no sign of life may come. */
  withinMs: number
  /** Is told once. */
  onHung(): void
}

/**
 * Finds out that something hangs. Missed beats are counted, not timed: when all of the machine stood still, or we
 * ourselves, that is one missed beat at most.
 */
export class Heartbeat {
  readonly #timer: NodeJS.Timeout
  readonly #setting: Setting
  #answered = true
  #missed = 0

  constructor(setting: Setting) {
    this.#setting = setting
    this.#timer = setInterval(() => this.#next(), setting.withinMs / MISSED_BEATS)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #next(): void {
    if (this.#answered) {
      this.#answered = false
      this.#missed = 0
      this.#setting.beat().then(
        () => {
          this.#answered = true
        },
        () => this.stop(),
      )
    } else if (++this.#missed >= MISSED_BEATS) {
      this.stop()
      this.#setting.onHung()
    }
  }
}
