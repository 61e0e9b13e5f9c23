import { headerKey } from './header-names.ts'
import { type Header, Headers } from './headers.ts'
import { type SipMessage, SipRequest, SipResponse } from './message.ts'

/** What is wrong with a message that could still be read far enough to be answered. */
export type Defect = { readonly status: number; readonly reason: string }

export type ParsedMessage =
  | { readonly ok: true; readonly message: SipMessage; readonly defect: Defect | undefined }
  | { readonly ok: false; readonly reason: string }

const CRLF = '\r\n'
const bareLineEnd = /[^\r]\n|\r[^\n]|\r$/
const requestLine = /^([\w\-.!%*+`'~]+)( +)(\S(?:.*\S)?)( +)(SIP\/\d+\.\d+)(\s*)$/i
const statusLine = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/is

/** A stream needs Content-Length in every message (RFC 3261 section 18.3); a datagram has its own end. */
export type Framing = 'datagram' | 'stream'

/**
 * Reads one message: a datagram, or what the stream framer cut out. Everything RFC 3261 section 7 calls malformed is
 * either a defect (a request that can be answered 400 or 505) or not ok (nothing that could be answered).
 */
export function parseMessage(bytes: Buffer, framing: Framing = 'datagram'): ParsedMessage {
  let start = 0
  while (bytes[start] === 13 && bytes[start + 1] === 10) start += 2
  const headEnd = bytes.indexOf('\r\n\r\n', start, 'latin1')
  if (headEnd === -1) return { ok: false, reason: 'no end of headers' }
  const head = bytes.toString('latin1', start, headEnd + 2)
  const rest = bytes.subarray(headEnd + 4)

  const lineEnd = head.indexOf(CRLF)
  const startLine = head.slice(0, lineEnd)
  const { headers, defect: headerDefect } = readHeaders(head, lineEnd + 2)
  const { body, defect: bodyDefect } = readBody(headers, rest, framing)
  const defect = (bareLineEnd.test(head) ? bad('Line End') : undefined) ?? headerDefect ?? bodyDefect

  const status = statusLine.exec(startLine)
  if (status) {
    const message = new SipResponse(Number(status[1]), status[2] ?? '', head, headers, body)
    return { ok: true, message, defect }
  }
  const request = requestLine.exec(startLine)
  if (!request) return { ok: false, reason: 'neither request nor response' }
  const [, method = '', first = '', uri = '', second = '', version = '', trailing = ''] = request
  const blanks = first + second + trailing
  const message = new SipRequest(method, uri, head, headers, body)
  return { ok: true, message, defect: startLineDefect(uri, version, blanks) ?? defect }
}

function startLineDefect(uri: string, version: string, blanks: string): Defect | undefined {
  if (version.toUpperCase() !== 'SIP/2.0') return { status: 505, reason: 'Version Not Supported' }
  if (blanks.length !== 2 || /[\s<>"]/.test(uri)) return bad('Request-Line')
  return undefined
}

function readHeaders(head: string, from: number): { headers: Headers; defect: Defect | undefined } {
  const lines: Header[] = []
  let defect: Defect | undefined
  let position = from
  while (position < head.length) {
    let end = head.indexOf(CRLF, position)
    let folded = false
    while (isBlank(head.charCodeAt(end + 2))) {
      folded = true
      end = head.indexOf(CRLF, end + 2)
    }
    const header = readHeader(head, position, end, folded)
    if (header) lines.push(header)
    else defect ??= bad('Header Line')
    position = end + 2
  }
  return { headers: new Headers(lines), defect }
}

function readHeader(head: string, start: number, end: number, folded: boolean): Header | undefined {
  const colon = head.indexOf(':', start)
  if (colon === -1 || colon >= end) return undefined
  let nameEnd = colon
  while (nameEnd > start && isBlank(head.charCodeAt(nameEnd - 1))) nameEnd--
  const name = head.slice(start, nameEnd)
  const key = headerKey(name)
  if (key === undefined) return undefined
  const value = head.slice(colon + 1, end)
  return { key, name, value: (folded ? value.replace(/[ \t]*\r\n[ \t]+/g, ' ') : value).trim() }
}

/** RFC 3261 section 18.3: a datagram may carry more than Content-Length says, but not less. */
function readBody(headers: Headers, rest: Buffer, framing: Framing): { body: Buffer; defect: Defect | undefined } {
  const text = headers.get('content-length')
  if (text === undefined) return { body: rest, defect: framing === 'stream' ? bad('Content-Length') : undefined }
  if (!/^\d{1,9}$/.test(text)) return { body: rest, defect: bad('Content-Length') }
  const length = Number(text)
  if (length > rest.length) return { body: rest, defect: bad('Content-Length') }
  return { body: length === rest.length ? rest : rest.subarray(0, length), defect: undefined }
}

function bad(what: string): Defect {
  return { status: 400, reason: `Bad ${what}` }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}
