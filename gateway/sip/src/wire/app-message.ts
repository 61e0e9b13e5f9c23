import { headerKey } from '../message/header-names.ts'
import { type Header, Headers } from '../message/headers.ts'

/** A SIP message as an application writes it: incomplete, to be filled in by the server. */
export type AppMessage =
  | {
      readonly kind: 'request'
      readonly method: string
      readonly uri: string
      readonly headers: Headers
      readonly body: Buffer
    }
  | {
      readonly kind: 'response'
      readonly status: number
      readonly reason: string
      readonly headers: Headers
      readonly body: Buffer
    }

const requestLine = /^([\w\-.!%*+`'~]+) ([^\s<>]+) SIP\/2\.0$/i
const statusLine = /^SIP\/2\.0 ([1-6]\d\d) ?(.*)$/is

/**
 * Reads an application's message. Its Content-Length is ignored (drachtio-srf counts characters): the body is everything
 * after the first empty line. A CR or LF that is not a line end is refused, so that no value can smuggle a header in;
 * lines that are no header are left out. Returns the reason as text when the message is refused.
 */
export function readAppMessage(bytes: Buffer): AppMessage | string {
  const headEnd = bytes.indexOf('\r\n\r\n', 0, 'latin1')
  const head = headEnd === -1 ? bytes.toString('latin1') : bytes.toString('latin1', 0, headEnd)
  const body = headEnd === -1 ? Buffer.alloc(0) : bytes.subarray(headEnd + 4)
  const lines = head.split('\r\n')
  if (lines.some((line) => line.includes('\r') || line.includes('\n'))) return 'header line with a bare CR or LF'

  const startLine = lines[0] ?? ''
  const headers = new Headers(lines.slice(1).flatMap(readLine))
  const status = statusLine.exec(startLine)
  if (status) return { kind: 'response', status: Number(status[1]), reason: status[2] ?? '', headers, body }
  const request = requestLine.exec(startLine)
  if (!request) return 'neither request nor response'
  return { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '', headers, body }
}

function readLine(line: string): Header[] {
  const colon = line.indexOf(':')
  if (colon === -1) return []
  const name = line.slice(0, colon).trim()
  const key = headerKey(name)
  return key === undefined ? [] : [{ key, name, value: line.slice(colon + 1).trim() }]
}
