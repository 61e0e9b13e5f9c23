import type { Scheduler, TimerHandle } from '../src/transaction/scheduler.ts'

/** A clock that a test turns by hand. */
export class HandClock implements Scheduler {
  now = 0
  private readonly timers = new Map<TimerHandle, { at: number; fire: () => void }>()

  after(delayMs: number, fire: () => void): TimerHandle {
    const handle: TimerHandle = { brand: 'timer' }
    this.timers.set(handle, { at: this.now + delayMs, fire })
    return handle
  }

  cancel(timer: TimerHandle): void {
    this.timers.delete(timer)
  }

  get pending(): number {
    return this.timers.size
  }

  /** Lets time pass; timers fire in order, those that they set included. */
  pass(ms: number): void {
    const until = this.now + ms
    for (;;) {
      const next = [...this.timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)[0]
      if (!next) break
      this.timers.delete(next[0])
      this.now = next[1].at
      next[1].fire()
    }
    this.now = until
  }
}
