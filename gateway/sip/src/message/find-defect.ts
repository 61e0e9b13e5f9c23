import type { SipMessage, SipRequest } from './message.ts'
import { parseNameAddr, tagOf } from './name-addr.ts'
import type { Defect } from './parse-message.ts'
import { hasHeaders, parseSipUri } from './uri.ts'

const once = ['from', 'to', 'call-id', 'cseq', 'max-forwards', 'content-type']
const emptyParameter = /;\s*(?:;|$)/
const schemes = /^(sips?|tel|urn):/i

/**
 * What RFC 3261 section 8.1.1 demands of every message and this one lacks. Undefined for a sound one; after that the
 * getters of the message can be trusted. The Via is looked at first: without one nothing can be answered.
 */
export function findDefect(message: SipMessage): Defect | undefined {
  if (!message.maybeVia || emptyParameter.test(message.maybeVia.parameters)) return bad('Via Header')
  if (!message.headers.get('call-id')) return bad('Call-ID Header')
  if (!message.maybeCSeq) return bad('CSeq Header')
  if (!message.maybeFrom) return bad('From Header')
  if (!message.maybeTo) return bad('To Header')
  for (const key of once) if (message.headers.count(key) > 1) return bad(`${key} Header: more than one`)
  if (message.kind === 'response') return undefined
  return requestDefect(message)
}

function requestDefect(request: SipRequest): Defect | undefined {
  // An ACK that copies the CSeq of its INVITE whole is common enough, and an ACK can not be refused anyway.
  const { method } = request.cseq
  const copied = request.method === 'ACK' && method === 'INVITE'
  if (method !== request.method && !copied) return bad('CSeq Header: other method')
  if (tagOf(request.from) === undefined) return bad('From Header: no tag')
  if (!schemes.test(request.uri)) return { status: 416, reason: 'Unsupported URI Scheme' }
  if (/^sips?:/i.test(request.uri) && (!parseSipUri(request.uri) || hasHeaders(request.uri))) return bad('Request-URI')
  const maxForwards = request.headers.get('max-forwards')
  if (maxForwards !== undefined && !(/^\d+$/.test(maxForwards) && Number(maxForwards) <= 255)) {
    return bad('Max-Forwards Header')
  }
  const lengths = request.headers.list('content-length')
  if (lengths.some((length) => length !== lengths[0])) return bad('Content-Length Header: more than one')
  const contacts = request.headers.list('contact')
  if (request.method === 'INVITE' && contacts.length === 0) return bad('Contact Header: missing')
  if (contacts.some((contact) => contact !== '*' && !parseNameAddr(contact))) return bad('Contact Header')
  return undefined
}

function bad(what: string): Defect {
  return { status: 400, reason: `Bad ${what}` }
}
