export type TimerHandle = { readonly brand: 'timer' } | NodeJS.Timeout

/** Where transactions get their time from: the event loop, or a clock a test turns by hand. */
export interface Scheduler {
  after(delayMs: number, fire: () => void): TimerHandle
  cancel(timer: TimerHandle): void
}

/** Timers of equal length share one list inside Node, so 2,000 calls a second cost a few lists, not a heap. */
export const eventLoop: Scheduler = {
  after: (delayMs, fire) => setTimeout(fire, delayMs),
  cancel: (timer) => clearTimeout(timer as NodeJS.Timeout),
}
