import { wireName } from './header-names.ts'
import type { Header } from './headers.ts'

export type OutgoingHeader = readonly [name: string, value: string]

/** Puts a message together. `Content-Length` is always computed here, from bytes. */
export function writeMessage(startLine: string, headers: readonly OutgoingHeader[], body: Buffer | undefined): Buffer {
  let head = `${startLine}\r\n`
  for (const [name, value] of headers) head += `${name}: ${value}\r\n`
  head += `Content-Length: ${body?.length ?? 0}\r\n\r\n`
  if (body === undefined || body.length === 0) return Buffer.from(head, 'latin1')
  const bytes = Buffer.allocUnsafe(head.length + body.length)
  bytes.write(head, 0, 'latin1')
  body.copy(bytes, head.length)
  return bytes
}

/** A header as it goes on the wire: well-known names in their canonical spelling. */
export function outgoing({ key, name, value }: Header): OutgoingHeader {
  return [wireName(key, name), value]
}
