/** Which load is taken as full. */
export type LoadLimits = {
  /** Share of time the event loop may be busy, 0 to 1. */
  readonly utilization: number
  /** How much longer than on a quiet day applications may take for their first response to an INVITE, in ms. */
  readonly appDelayMs: number
  /** With fewer new calls in a window it is not the calls that keep the event loop busy. */
  readonly minCalls: number
}

/** What happened in one window of time. */
export type Window = {
  readonly utilization: number
  /** INVITEs that came, refused ones included. */
  readonly calls: number
  /** How long applications took for their first responses in it, in ms. */
  readonly appDelays: readonly number[]
}

/** Fewer responses say nothing about whether an application has fallen behind. */
const minSamples = 10
/** Below this nobody would know whether the load has gone. */
const smallestShare = 0.1
/** From one window to the next; more would swing between too much and too little. */
const steepestFall = 1.12

/**
 * How large a share of new calls is taken, from windows of some 100 ms. The event loop is watched because calls queue in
 * the kernel when it is never idle; applications by their quickest response: when even that one was slow, there is a queue
 * in front of all of them. Falls fast and rises slowly, so that latency stays low at the price of a few calls.
 */
export class Load {
  private readonly limits: LoadLimits
  /** The quickest responses of quiet times: what an application needs without a queue. */
  private quietDelayMs = Number.POSITIVE_INFINITY
  private delays: number[] = []
  private wasBusy = false
  /** Share of new calls to take, 0 to 1. */
  share = 1

  constructor(limits: LoadLimits) {
    this.limits = limits
  }

  observe(window: Window): void {
    const pressure = Math.max(this.loopPressure(window), this.appPressure(window.appDelays))
    if (pressure <= 1) this.share = Math.min(1, this.share * 1.02 + 0.005)
    else
      this.share = Math.max(
        smallestShare,
        this.share / (window.utilization > 0.99 ? steepestFall : Math.min(pressure, steepestFall)),
      )
  }

  /** One busy window alone is a pause of the garbage collector, or somebody else's work. */
  private loopPressure({ utilization, calls }: Window): number {
    const { limits, wasBusy } = this
    this.wasBusy = utilization > limits.utilization && calls >= limits.minCalls
    return wasBusy && this.wasBusy ? utilization / limits.utilization : 0
  }

  private appPressure(appDelays: readonly number[]): number {
    this.delays.push(...appDelays)
    if (this.delays.length < minSamples) return 0
    const quickest = this.delays.reduce((a, b) => Math.min(a, b))
    this.delays = []
    // Only while everything is taken: otherwise a long overload would pass for how it has always been.
    if (this.share === 1) this.quietDelayMs = Math.min(this.quietDelayMs * 1.05, quickest)
    return quickest / (this.quietDelayMs + this.limits.appDelayMs)
  }
}
