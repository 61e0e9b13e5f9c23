import { lookup } from 'node:dns/promises'
import { type SipUri, transportOf } from '../message/uri.ts'
import { familyOf } from './address.ts'
import type { Endpoint } from './flow.ts'

/** Where a request may go, in the order to try. The transport stays the URI's; undefined leaves it open. */
export type Target = Endpoint & { readonly transport: string | undefined }

/** Turns a next-hop URI into addresses. The place where RFC 3263 (NAPTR, SRV) plugs in. */
export interface Resolver {
  /** Without I/O, for IP addresses; undefined when the name has to be looked up. */
  literal(uri: SipUri): Target | undefined
  /** Rejects when the name does not resolve. */
  lookUp(uri: SipUri): Promise<Target[]>
}

/** A and AAAA records by the system's resolver. */
export const systemResolver: Resolver = {
  literal(uri) {
    return familyOf(uri.host) === undefined ? undefined : target(uri, uri.host)
  },
  async lookUp(uri) {
    const addresses = await lookup(uri.host, { all: true })
    return addresses.map(({ address }) => target(uri, address))
  },
}

function target(uri: SipUri, host: string): Target {
  return { host, port: uri.port ?? (uri.scheme === 'sips' ? 5061 : 5060), transport: transportOf(uri) }
}
