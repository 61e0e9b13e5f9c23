import type { SipResponse } from '../message/message.ts'
import type { Flow } from '../transport/flow.ts'

/** What a client transaction tells the one who started it. */
export interface ClientUser {
  /** Every provisional and final response that is not a repetition. */
  responded(response: SipResponse, from: Flow): void
  /** No answer within 64*T1, or the transport refused. Comes after `ended`. */
  failed(why: 'timeout' | 'transport'): void
  /** The transaction is over and no longer matched. */
  ended(): void
}
