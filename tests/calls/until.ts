import { setTimeout as sleep } from 'node:timers/promises'

/** Looks until something is there; the error says what was there instead. */
export async function until<T>(
  look: () => Promise<T | undefined | null | false>,
  what: string,
  withinMs = 8000,
  instead: () => Promise<string> = async () => 'nothing',
): Promise<T> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}; there was ${await instead()}`)
    await sleep(25)
  }
}
