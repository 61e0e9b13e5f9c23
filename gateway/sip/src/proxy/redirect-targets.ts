import type { SipResponse } from '../message/message.ts'
import { parseNameAddr } from '../message/name-addr.ts'
import { parameter } from '../message/parameters.ts'
import { parseSipUri } from '../message/uri.ts'

/** Where a 3xx points: SIP URIs of its Contacts, those with the higher `q` first (RFC 3261 section 16.5). */
export function redirectTargets(response: SipResponse): string[] {
  return response.headers
    .list('contact')
    .flatMap((value) => {
      const address = parseNameAddr(value)
      if (!address || !parseSipUri(address.uri)) return []
      const q = Number(parameter(address.parameters, 'q') ?? 1)
      return [{ uri: address.uri, q: Number.isNaN(q) ? 1 : q }]
    })
    .sort((a, b) => b.q - a.q)
    .map(({ uri }) => uri)
}
