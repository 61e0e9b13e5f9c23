export type RefreshedParts<T> = {
  freshMs: number
  clock: () => number
  read(): Promise<T>
  /** Until the first reading. */
  first: T
  failed(error: unknown): void
}

/** A value that is read anew when somebody asks and it is older than `freshMs`. */
export type Refreshed<T> = {
  /** Waits for the reading under way, but not for one that takes long: a caller waits for no database. */
  soon(): Promise<T>
}

const LONGEST_MS = 500

export function refreshed<T>({ freshMs, clock, read, first, failed }: RefreshedParts<T>): Refreshed<T> {
  let value = first
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined

  function refresh(): void {
    if (clock() - readAt <= freshMs) return
    reading ??= read()
      .then((fresh) => {
        value = fresh
        readAt = clock()
      })
      .catch(failed)
      .finally(() => {
        reading = undefined
      })
  }

  return {
    async soon() {
      refresh()
      if (!reading) return value
      const { promise: late, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, LONGEST_MS)
      await Promise.race([reading, late])
      clearTimeout(timer)
      return value
    },
  }
}
