import type { Scheduler, TimerHandle } from './scheduler.ts'
import type { Timers } from './timers.ts'

/** What the four machines share: one timer that repeats a message and one that ends a state. */
export abstract class TimedMachine {
  protected readonly scheduler: Scheduler
  readonly timers: Timers
  private repeatTimer: TimerHandle | undefined
  private endTimer: TimerHandle | undefined
  private intervalMs = 0

  constructor(scheduler: Scheduler, timers: Timers) {
    this.scheduler = scheduler
    this.timers = timers
  }

  /** Fires after `firstMs`, then at doubled intervals up to `capMs` while `tick` is handled. */
  startRepeating(firstMs: number, capMs: number, tick: () => void): void {
    this.stopRepeating()
    this.intervalMs = firstMs
    const again = () => {
      this.intervalMs = Math.min(this.intervalMs * 2, capMs)
      this.repeatTimer = this.scheduler.after(this.intervalMs, again)
      tick()
    }
    this.repeatTimer = this.scheduler.after(firstMs, again)
  }

  stopRepeating(): void {
    if (this.repeatTimer !== undefined) this.scheduler.cancel(this.repeatTimer)
    this.repeatTimer = undefined
  }

  startEnding(delayMs: number, fire: () => void): void {
    this.stopEnding()
    this.endTimer = this.scheduler.after(delayMs, fire)
  }

  stopEnding(): void {
    if (this.endTimer !== undefined) this.scheduler.cancel(this.endTimer)
    this.endTimer = undefined
  }

  stopTimers(): void {
    this.stopRepeating()
    this.stopEnding()
  }
}
