export type TimerHandle = { readonly brand: 'timer' } | NodeJS.Timeout

/** Where transactions get their time from: the event loop, or a clock a test turns by hand. */
export interface Scheduler {
  after(delayMs: number, fire: () => void): TimerHandle
  cancel(timer: TimerHandle): void
}

/**
 * Timers of the event loop, until disposed; then none fires any more. They do not keep the process alive: the sockets do.
 * Timers of equal length share one list inside Node, so 2,000 calls a second cost a few lists, not a heap.
 */
export class EventLoopScheduler implements Scheduler, Disposable {
  private stopped = false
  private readonly run = (fire: () => void) => {
    if (!this.stopped) fire()
  }

  after(delayMs: number, fire: () => void): TimerHandle {
    return setTimeout(this.run, delayMs, fire).unref()
  }

  cancel(timer: TimerHandle): void {
    clearTimeout(timer as NodeJS.Timeout)
  }

  [Symbol.dispose](): void {
    this.stopped = true
  }
}
