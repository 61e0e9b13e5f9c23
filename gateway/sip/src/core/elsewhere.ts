import type { Flow } from '../transport/flow.ts'
import type { RequestBase } from './compose-request.ts'

/**
 * The same request towards the next address its name leads to, as a new transaction (RFC 3263 section 4.3); undefined when
 * there is none left. Asked when an address does not answer, can not be reached, or answers 503 without having begun.
 */
export type Elsewhere = () => { readonly base: RequestBase; readonly flow: Flow; readonly bytes: Buffer } | undefined
