/** Timers for instants that this process is responsible for. What a dead process leaves is found by the sweep. */
export type Deadlines<K> = Disposable & {
  /** Replaces an earlier deadline of the same key. */
  set(key: K, at: number): void
  clear(key: K): void
}

export function createDeadlines<K>(clock: () => number, onDue: (key: K) => void): Deadlines<K> {
  const timers = new Map<K, NodeJS.Timeout>()
  const clear = (key: K) => {
    clearTimeout(timers.get(key))
    timers.delete(key)
  }
  const arm = (key: K, at: number) => {
    const timer = setTimeout(
      () => {
        // a timer may fire a millisecond before its time by the other clock
        if (clock() < at) return arm(key, at)
        timers.delete(key)
        onDue(key)
      },
      Math.max(0, at - clock()),
    )
    timers.set(key, timer)
  }
  return {
    set(key, at) {
      clear(key)
      arm(key, at)
    },
    clear,
    [Symbol.dispose]() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
