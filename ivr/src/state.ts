import type { CallerMatch } from '@ringdown/core/customer'
import type { Language } from '@ringdown/core/kernel'

/** What a flow may ask about the call it runs for. */
export type Facts = {
  language: Language
  /** The caller's number as E.164, or as it was sent. */
  number: string
  match: CallerMatch['kind']
  grade: string | null
  /** The customer code that was keyed in and found. */
  code: string | null
  /** The digits collected last. */
  collected: string | null
  /** The key chosen last in each menu. */
  chosen: Readonly<Record<string, string>>
  /** How often each collecting node has asked, over the whole run. */
  asked: Readonly<Record<string, number>>
}

export type IvrState =
  | {
      state: 'running'
      node: string
      /** What the present node remembers; only its own code reads it. */
      local: unknown
      facts: Facts
      /** The token of the answer that is awaited; null when only keys count. */
      awaiting: number | null
      lastToken: number
      /** Nodes entered so far; see MAX_VISITS. */
      visits: number
    }
  | { state: 'ended'; facts: Facts }
