/** RFC 3261 section 20 and later RFCs: the spelling that goes on the wire. The key is the same name in lower case. */
const wellKnown = [
  'Accept',
  'Accept-Contact',
  'Accept-Encoding',
  'Accept-Language',
  'Alert-Info',
  'Allow',
  'Allow-Events',
  'Authentication-Info',
  'Authorization',
  'Call-ID',
  'Call-Info',
  'Contact',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Language',
  'Content-Length',
  'Content-Type',
  'CSeq',
  'Date',
  'Diversion',
  'Error-Info',
  'Event',
  'Expires',
  'From',
  'History-Info',
  'Identity',
  'In-Reply-To',
  'Join',
  'Max-Forwards',
  'MIME-Version',
  'Min-Expires',
  'Min-SE',
  'Organization',
  'P-Asserted-Identity',
  'P-Preferred-Identity',
  'Path',
  'Priority',
  'Privacy',
  'Proxy-Authenticate',
  'Proxy-Authorization',
  'Proxy-Require',
  'RAck',
  'Reason',
  'Record-Route',
  'Refer-Sub',
  'Refer-To',
  'Referred-By',
  'Reject-Contact',
  'Remote-Party-ID',
  'Replaces',
  'Reply-To',
  'Request-Disposition',
  'Require',
  'Retry-After',
  'Route',
  'RSeq',
  'Server',
  'Service-Route',
  'Session-Expires',
  'SIP-ETag',
  'SIP-If-Match',
  'Subject',
  'Subscription-State',
  'Supported',
  'Timestamp',
  'To',
  'Unsupported',
  'User-Agent',
  'Via',
  'Warning',
  'WWW-Authenticate',
] as const

/** The one-letter forms of RFC 3261 section 7.3.3 and of the event, refer and session-timer RFCs. */
const compact = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
} as const

const wireNames = new Map<string, string>(wellKnown.map((name) => [name.toLowerCase(), name]))
const keys = new Map<string, string>([
  ...wellKnown.flatMap((name): [string, string][] => [
    [name, name.toLowerCase()],
    [name.toLowerCase(), name.toLowerCase()],
  ]),
  ...Object.entries(compact).flatMap(([letter, key]): [string, string][] => [
    [letter, key],
    [letter.toUpperCase(), key],
  ]),
])
const token = /^[\w\-.!%*+`'~]+$/

/** The key a header is found by: lower case, long form. Undefined when the name is no token (RFC 3261 section 25.1). */
export function headerKey(name: string): string | undefined {
  const known = keys.get(name)
  if (known !== undefined) return known
  if (!token.test(name)) return undefined
  const lower = name.toLowerCase()
  return keys.get(lower) ?? lower
}

/** How a header is spelt on the wire: well-known names canonically, `X-` names as given, others Like-This. */
export function wireName(key: string, given: string): string {
  const known = wireNames.get(key)
  if (known !== undefined) return known
  if (key.startsWith('x-')) return given
  return given.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
}
