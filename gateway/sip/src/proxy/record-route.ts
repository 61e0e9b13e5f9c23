import type { SipRequest } from '../message/message.ts'
import { parseNameAddr } from '../message/name-addr.ts'
import { hostPort, parseSipUri } from '../message/uri.ts'
import type { Listener } from '../transport/listener.ts'
import type { Seal } from './seal.ts'

/**
 * Record-Route values, topmost first, that keep us in the way of a dialog. Two when the request leaves by another
 * listener than it came in on, so that each side finds the one it can reach (RFC 5658). `rr` is our seal on the Call-ID:
 * only such routes are followed later, which keeps the server from relaying for everybody.
 */
export function recordRoutes(seal: Seal, request: SipRequest, from: Listener, to: Listener): string[] {
  const mark = `;rr=${seal.of('dialog', request.callId)}`
  return from === to ? [routeTo(to, mark)] : [routeTo(to, mark), routeTo(from, mark)]
}

/** The Path value of a REGISTER (RFC 3327): sealed over its Contact, which later requests are for. */
export function pathValue(seal: Seal, register: SipRequest, to: Listener): string | undefined {
  const contact = parseNameAddr(register.headers.list('contact')[0] ?? '')
  if (!contact) return undefined
  return routeTo(to, `;pt=${seal.of('path', contactKey(contact.uri))}`)
}

/** What a Path is sealed over: user, host and port of the registered Contact. */
export function contactKey(uriText: string): string {
  const uri = parseSipUri(uriText)
  return uri ? `${uri.user}@${hostPort(uri.host, uri.port)}` : uriText
}

function routeTo({ advertised, protocol }: Listener, mark: string): string {
  const transport = protocol === 'udp' ? '' : `;transport=${protocol}`
  return `<sip:${hostPort(advertised.host, advertised.port)}${transport};lr${mark}>`
}
