/** RFC 3261 17.1.1.1, in milliseconds. Tests of failures shorten t1Ms; everything else is derived from it. */
export type SipTimers = { t1Ms: number; t2Ms: number }

export const standardTimers: SipTimers = { t1Ms: 500, t2Ms: 4000 }

/** Timers B, F and H: how long a request or a final response is tried. */
export const giveUpAfterMs = (timers: SipTimers) => 64 * timers.t1Ms

/** Calls `act` after t1, then at doubled distances (never above `capMs`) until stopped. */
export function retransmit(
  timers: SipTimers,
  capMs: number,
  act: () => void,
): { stop(): void; slowTo(ms: number): void } {
  let distance = timers.t1Ms
  let timer = setTimeout(fire, distance)
  function fire() {
    act()
    distance = Math.min(distance * 2, capMs)
    timer = setTimeout(fire, distance)
  }
  return {
    stop: () => clearTimeout(timer),
    slowTo(ms) {
      clearTimeout(timer)
      distance = ms
      timer = setTimeout(fire, distance)
    },
  }
}
