import type { Logger } from 'pino'
import type { SipConnection } from './connect.ts'
import type { Legs } from './leg/legs.ts'

/** What SIP legs stand on. */
export type Signalling = {
  sip: SipConnection
  legs: Legs
  /** How long a leg whose SIP server was lost may be silent. */
  strandedSilentMs: number
  clock: () => number
  log: Logger
}
