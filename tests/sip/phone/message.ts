/** A SIP message as this phone sees it: an ordered list of headers and a body of bytes. Written apart from the product's parser on purpose. */
export type Header = readonly [name: string, value: string]
export type SipRequest = { kind: 'request'; method: string; uri: string; headers: Header[]; body: Buffer }
export type SipResponse = { kind: 'response'; status: number; phrase: string; headers: Header[]; body: Buffer }
export type SipMessage = SipRequest | SipResponse

export class MalformedMessage extends Error {
  override name = 'MalformedMessage'
}

/** Reads one datagram (RFC 3261 7). Throws MalformedMessage. */
export function parseMessage(datagram: Buffer): SipMessage {
  const end = datagram.indexOf('\r\n\r\n')
  if (end < 0) throw new MalformedMessage('no empty line after the headers')
  const [startLine = '', ...lines] = datagram
    .toString('utf8', 0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = lines.map(parseHeader)
  const body = datagram.subarray(end + 4)
  const length = headers.find(([name]) => name === 'Content-Length')?.[1]
  if (length !== undefined && Number(length) > body.length)
    throw new MalformedMessage('body shorter than Content-Length')
  const rest = { headers, body: length === undefined ? body : body.subarray(0, Number(length)) }

  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(startLine)
  if (response) return { kind: 'response', status: Number(response[1]), phrase: response[2] ?? '', ...rest }
  const request = /^([A-Za-z0-9.!%*_+`'~-]+) (\S+) SIP\/2\.0$/.exec(startLine)
  if (request) return { kind: 'request', method: request[1]!, uri: request[2]!, ...rest }
  throw new MalformedMessage(`not a SIP start line: ${startLine}`)
}

/** Bytes for the wire; Content-Length is always counted here. */
export function serialize(message: SipMessage): Buffer {
  const lines = [startLine(message)]
  for (const [name, value] of message.headers) if (name !== 'Content-Length') lines.push(`${name}: ${value}`)
  lines.push(`Content-Length: ${message.body.length}`, '', '')
  return Buffer.concat([Buffer.from(lines.join('\r\n')), message.body])
}

export function startLine(message: SipMessage): string {
  if (message.kind === 'request') return `${message.method} ${message.uri} SIP/2.0`
  return `SIP/2.0 ${message.status} ${message.phrase}`
}

/** First value of a header, by its canonical name. */
export function header(message: SipMessage, name: string): string | undefined {
  return message.headers.find(([n]) => n === name)?.[1]
}

/** Every value of a list header (Via, Route, Contact, Supported …), in order, commas taken apart. */
export function headerList(message: SipMessage, name: string): string[] {
  return message.headers.filter(([n]) => n === name).flatMap(([, value]) => splitList(value))
}

export function required(message: SipMessage, name: string): string {
  const value = header(message, name)
  if (value === undefined) throw new MalformedMessage(`no ${name} header in ${startLine(message)}`)
  return value
}

export function cseqOf(message: SipMessage): { number: number; method: string } {
  const [number, method] = required(message, 'CSeq').split(/\s+/)
  return { number: Number(number), method: method ?? '' }
}

/** A `;name=value` parameter of a header value or URI; '' when it has no value, undefined when it is absent. */
export function parameter(value: string, name: string): string | undefined {
  const afterAddress = value.slice(value.lastIndexOf('>') + 1)
  const match = new RegExp(`;\\s*${name}\\s*(?:=\\s*("[^"]*"|[^;,\\s]*))?(?=\\s*(?:;|,|$))`, 'i').exec(afterAddress)
  return match ? (match[1] ?? '').replace(/^"|"$/g, '') : undefined
}

export const tagOf = (address: string) => parameter(address, 'tag')
export const branchOf = (message: SipMessage) => parameter(headerList(message, 'Via')[0] ?? '', 'branch') ?? ''

/** Splits at commas that are inside neither quotes nor angle brackets. */
export function splitList(value: string): string[] {
  const items: string[] = []
  let start = 0
  let quoted = false
  let bracketed = false
  for (let i = 0; i < value.length; i++) {
    const c = value[i]
    if (c === '"' && value[i - 1] !== '\\') quoted = !quoted
    else if (!quoted && c === '<') bracketed = true
    else if (!quoted && c === '>') bracketed = false
    else if (c === ',' && !quoted && !bracketed) {
      items.push(value.slice(start, i).trim())
      start = i + 1
    }
  }
  items.push(value.slice(start).trim())
  return items.filter((item) => item !== '')
}

// biome-ignore format: one table
const compactNames: Record<string, string> = {
  v: 'Via', f: 'From', t: 'To', i: 'Call-ID', m: 'Contact', l: 'Content-Length', c: 'Content-Type',
  k: 'Supported', s: 'Subject', e: 'Content-Encoding', r: 'Refer-To', b: 'Referred-By', o: 'Event',
}

// biome-ignore format: one table
const oddlyCased: Record<string, string> = {
  'call-id': 'Call-ID', cseq: 'CSeq', 'www-authenticate': 'WWW-Authenticate', rseq: 'RSeq', rack: 'RAck',
}

function parseHeader(line: string): Header {
  const colon = line.indexOf(':')
  if (colon < 1) throw new MalformedMessage(`header without a colon: ${line}`)
  return [canonicalName(line.slice(0, colon).trim()), line.slice(colon + 1).trim()]
}

function canonicalName(name: string): string {
  const lower = name.toLowerCase()
  return compactNames[lower] ?? oddlyCased[lower] ?? lower.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}
