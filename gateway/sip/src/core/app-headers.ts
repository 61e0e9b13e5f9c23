import type { Headers } from '../message/headers.ts'
import { parseNameAddr } from '../message/name-addr.ts'
import { hostPort } from '../message/uri.ts'
import { type OutgoingHeader, outgoing } from '../message/write-message.ts'
import type { Listener } from '../transport/listener.ts'

/** What an application can not set: the server owns routing and framing (wire protocol, section 7). */
const immutable = new Set(['via', 'route', 'record-route', 'rseq', 'content-length'])
const addresses = new Set(['from', 'to', 'contact', 'p-asserted-identity'])
const challenges = new Set(['www-authenticate', 'proxy-authenticate'])
const localhost = /(sips?:(?:[^@\s<>,;]*@)?)localhost(?::\d+)?(?=[;?>,\s]|$)/gi

/**
 * The headers of an application's message that go out: without those the server makes itself (`taken`, and always Via,
 * Route …), with our address in place of `localhost`.
 */
export function appHeaders(headers: Headers, taken: readonly string[], listener: Listener): OutgoingHeader[] {
  const kept: OutgoingHeader[] = []
  for (const header of headers) {
    if (immutable.has(header.key) || taken.includes(header.key)) continue
    const [name, value] = outgoing(header)
    // srf joins headers of one name; challenges must stand on lines of their own (RFC 3261 7.3.1).
    if (challenges.has(header.key))
      kept.push(...value.split(/,\s*(?=Digest\s)/i).map((one): OutgoingHeader => [name, one]))
    else kept.push([name, addresses.has(header.key) ? withOurAddress(value, listener) : value])
  }
  return kept
}

/** Replaces the host `localhost` in addresses by what the far end can reach. */
export function withOurAddress(value: string, { advertised }: Listener): string {
  if (!value.includes('localhost')) return value
  return value.replace(localhost, `$1${hostPort(advertised.host, advertised.port)}`)
}

/** The Contact an application gave, or ours; over a stream it says so, because URIs default to UDP. */
export function contactFor(given: string | undefined, listener: Listener): string {
  const { advertised, protocol } = listener
  // RFC 7118 section 5.3 has `ws` for both.
  const transport = protocol === 'udp' ? '' : `;transport=${protocol === 'wss' ? 'ws' : protocol}`
  if (given === undefined) return `<sip:${hostPort(advertised.host, advertised.port)}${transport}>`
  const ours = given.includes('localhost')
  const address = parseNameAddr(withOurAddress(given, listener))
  if (!address) return withOurAddress(given, listener)
  const uri = ours && !/;transport=/i.test(address.uri) ? `${address.uri}${transport}` : address.uri
  return `${address.display === '' ? '' : `${address.display} `}<${uri}>${address.parameters}`
}

/** Content-Type for a body that came without: SDP is recognised, anything else is undefined. */
export function guessContentType(headers: Headers, body: Buffer): OutgoingHeader | undefined {
  if (body.length === 0 || headers.has('content-type')) return undefined
  return body.subarray(0, 3).toString('latin1') === 'v=0' ? ['Content-Type', 'application/sdp'] : undefined
}
