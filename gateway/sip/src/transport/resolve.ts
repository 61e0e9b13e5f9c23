import type { SipUri } from '../message/uri.ts'
import type { Endpoint } from './flow.ts'

/** Where a request may go, in the order to try. `transport` is undefined when neither URI nor DNS say one. */
export type Target = Endpoint & { readonly transport: string | undefined }

/** Turns a next-hop URI into addresses. */
export interface Resolver {
  /** Without I/O, for IP addresses; undefined when the name has to be looked up. */
  literal(uri: SipUri): Target | undefined
  /** The best target first; empty when the name leads nowhere. */
  lookUp(uri: SipUri): Promise<Target[]>
  /** A target of a name did not answer: for a while others are better. */
  failed(target: Endpoint): void
}
