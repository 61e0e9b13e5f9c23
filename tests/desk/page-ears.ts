import { join } from 'node:path'
import type { Page } from 'playwright-core'

type Wish = { frequency: number | null; forMs: number; withinMs: number }
type Listening = { listenToCaller(wish: Wish): Promise<string | null> }

/** For `context.addInitScript`: without it a page has no ears. */
export const earsScript = { path: join(import.meta.dirname, 'in-page.js') }

/** What the agent hears in the page: the track that WebRTC gives to the headset. */
export class PageEars {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Waits for a tone of that frequency; most of the power must be in it. */
  hears(frequency: number, { forMs = 300, withinMs = 6000 } = {}): Promise<void> {
    return this.#until({ frequency, forMs, withinMs })
  }

  /** Waits for silence without a break. */
  hearsSilence({ forMs = 500, withinMs = 6000 } = {}): Promise<void> {
    return this.#until({ frequency: null, forMs, withinMs })
  }

  async #until(wish: Wish): Promise<void> {
    const heard = await this.#page.evaluate((w) => (globalThis as unknown as Listening).listenToCaller(w), wish)
    if (heard === null) return
    const what = wish.frequency === null ? 'silence' : `${wish.frequency} Hz`
    throw new Error(`the page did not hear ${what} for ${wish.forMs} ms within ${wish.withinMs} ms; heard ${heard}`)
  }
}
