import { parameter } from './parameters.ts'

/** A SIP or SIPS URI (RFC 3261 section 19.1), taken apart as far as routing needs it. */
export type SipUri = {
  readonly scheme: 'sip' | 'sips'
  /** User part as written, with a password if there is one; empty when there is none. */
  readonly user: string
  /** Lower case; IPv6 without its brackets. */
  readonly host: string
  readonly port: number | undefined
  /** From the first `;`, without `?headers`. */
  readonly parameters: string
}

const shape =
  /^(sips?):(?:([^@\s<>]*)@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?((?:;[^?\s<>]*)?)(?:\?[^\s<>]*)?$/i

/** Undefined for other schemes and for what section 19.1 does not allow. */
export function parseSipUri(text: string): SipUri | undefined {
  const match = shape.exec(text)
  if (!match) return undefined
  const [, scheme = '', user = '', host = '', port, parameters = ''] = match
  // Port 0 is what some stacks write when they know none; the grammar allows it.
  const number = Number(port) || undefined
  if (number !== undefined && number > 65535) return undefined
  return {
    scheme: scheme.toLowerCase() as 'sip' | 'sips',
    user,
    host: host.startsWith('[') ? ipv6Of(host) : host.toLowerCase(),
    port: number,
    parameters,
  }
}

/** RFC 5118 section 4.10: the grammar of RFC 3261 puts one colon too many before an embedded IPv4 address. */
function ipv6Of(bracketed: string): string {
  return bracketed
    .slice(1, -1)
    .toLowerCase()
    .replace(/:::(?=\d+\.)/, '::')
}

/** Whether a SIP URI has `?headers`; a question mark in the user part begins none. */
export function hasHeaders(text: string): boolean {
  return text.includes('?', text.lastIndexOf('@') + 1)
}

/** The transport a URI asks for; undefined when it leaves the choice open. */
export function transportOf(uri: SipUri): string | undefined {
  const asked = parameter(uri.parameters, 'transport')?.toLowerCase()
  if (uri.scheme !== 'sips') return asked || undefined
  return asked === 'ws' || asked === 'wss' ? 'wss' : 'tls'
}

/** `host:port`, with IPv6 in brackets (RFC 5118 section 4.5). */
export function hostPort(host: string, port: number | undefined): string {
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return port === undefined ? bracketed : `${bracketed}:${port}`
}
