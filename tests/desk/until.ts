import { setTimeout as pause } from 'node:timers/promises'

/** How often a condition is looked at that nobody announces, as a row in the database. */
const lookEveryMs = 25

/**
 * Waits for a condition: reads until something is there (not null, undefined or false) and returns it.
 *
 * @throws Error with `what` and the last thing that `seen` tells, after `withinMs`
 */
export async function until<T>(
  what: string,
  read: () => T | Promise<T>,
  { withinMs = 10_000, seen }: { withinMs?: number; seen?: () => unknown } = {},
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const value = await read()
    if (value !== null && value !== undefined && value !== false) return value as Exclude<T, null | undefined | false>
    if (Date.now() > deadline) {
      const last = seen ? `; last seen: ${JSON.stringify(await seen())}` : ''
      throw new Error(`waited ${withinMs} ms for ${what}${last}`)
    }
    await pause(lookEveryMs)
  }
}
