import { performance } from 'node:perf_hooks'

/** Every thread's `performance.now()` counts from the thread's own start; the process has one clock behind them all. */
const startedAt = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** A moment of this thread's monotonic clock as others of the process can read it, in ms. */
export function toProcessClock(at: number): number {
  return at + startedAt
}

/** A moment that another thread gave with `toProcessClock`, on this thread's monotonic clock in ms. */
export function fromProcessClock(at: number): number {
  return at - startedAt
}
