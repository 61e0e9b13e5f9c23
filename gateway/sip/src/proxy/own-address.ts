import { parseNameAddr } from '../message/name-addr.ts'
import { parseSipUri, type SipUri } from '../message/uri.ts'
import type { Transports } from '../transport/transports.ts'

/** A SIP URI that leads to one of our listeners; undefined when it leads elsewhere. */
export function ownUri(transports: Transports, text: string): SipUri | undefined {
  const uri = parseSipUri(text)
  if (!uri) return undefined
  return transports.isOwn({ host: uri.host, port: uri.port ?? (uri.scheme === 'sips' ? 5061 : 5060) }) ? uri : undefined
}

/** The same for a Route value. */
export function ownRoute(transports: Transports, value: string | undefined): SipUri | undefined {
  const address = parseNameAddr(value ?? '')
  return address && ownUri(transports, address.uri)
}
