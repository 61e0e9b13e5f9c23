/** An address in a From, To, Contact or Route header, taken apart (RFC 3261 20.10). */
export type NameAddress = { display: string; uri: string }
export type SipUri = { scheme: string; user: string; host: string; port: number | undefined; parameters: string }
export type Endpoint = { host: string; port: number }

export function parseAddress(value: string): NameAddress {
  const bracketed = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^>]*)>/.exec(value)
  if (bracketed) return { display: unescapeQuoted(bracketed[1] ?? bracketed[2] ?? ''), uri: bracketed[3]!.trim() }
  return { display: '', uri: value.split(';')[0]!.trim() }
}

/** Throws when it is not a sip: or sips: URI. */
export function parseUri(uri: string): SipUri {
  const match = /^(sips?):(?:([^@\s]*)@)?(\[[0-9a-fA-F:.]+\]|[^:;?\s]+)(?::(\d+))?((?:;[^?\s]*)?)(?:\?\S*)?$/i.exec(uri)
  if (!match) throw new Error(`not a SIP URI: ${uri}`)
  const user = (match[2] ?? '').split(':')[0]!
  const port = match[4] === undefined ? undefined : Number(match[4])
  return { scheme: match[1]!.toLowerCase(), user, host: match[3]!, port, parameters: match[5] ?? '' }
}

/** Where a request for this URI is sent; 5060 when it names no port. */
export function endpointOf(uri: string): Endpoint {
  const { host, port } = parseUri(uri)
  return { host: host.replace(/^\[|\]$/g, ''), port: port ?? 5060 }
}

/** `127.0.0.1:5060`, `localhost`, `[::1]:5070` … */
export function parseEndpoint(text: string): Endpoint {
  return endpointOf(`sip:${text}`)
}

export function formatAddress(display: string, uri: string): string {
  return display === '' ? `<${uri}>` : `"${display.replace(/["\\]/g, '\\$&')}" <${uri}>`
}

function unescapeQuoted(text: string): string {
  return text.replace(/\\(.)/g, '$1').trim()
}
