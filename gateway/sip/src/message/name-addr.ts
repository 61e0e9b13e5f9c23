import { parameter } from './parameters.ts'

/** `"Alice" <sip:alice@example.org;user=phone>;tag=1` taken apart, but no further than this. */
export type NameAddr = {
  /** As written, with its quotes; empty when there is none. */
  readonly display: string
  readonly uri: string
  /** What follows the address, from its first `;`. */
  readonly parameters: string
}

/**
 * Takes a From, To, Contact or Route value apart (RFC 3261 section 20.10 and 25.1).
 * Without angle brackets every `;` belongs to the header, not to the URI.
 * Undefined when quotes or brackets are unbalanced, or the URI is empty, holds blanks, or has headers without brackets.
 */
export function parseNameAddr(value: string): NameAddr | undefined {
  let i = 0
  while (value.charCodeAt(i) === 32) i++
  let display = ''
  if (value.charCodeAt(i) === 34) {
    const end = endOfQuote(value, i + 1)
    if (end === -1) return undefined
    display = value.slice(i, end + 1)
    i = end + 1
  }
  const open = value.indexOf('<', i)
  const semicolon = value.indexOf(';', i)
  if (open !== -1 && (semicolon === -1 || open < semicolon)) {
    const close = value.indexOf('>', open)
    if (close === -1) return undefined
    if (display === '') display = value.slice(i, open).trim()
    else if (value.slice(i, open).trim() !== '') return undefined
    return nameAddr(display, value.slice(open + 1, close), value.slice(close + 1).trim())
  }
  if (display !== '') return undefined
  const end = semicolon === -1 ? value.length : semicolon
  const uri = value.slice(i, end).trim()
  if (/[,?]/.test(uri)) return undefined
  return nameAddr('', uri, value.slice(end))
}

/** The `tag` parameter of a From or To value. */
export function tagOf(address: NameAddr): string | undefined {
  return parameter(address.parameters, 'tag') || undefined
}

/** `display <uri>`, without the parameters: what a dialog keeps of its parties. */
export function partyOf(address: NameAddr): string {
  return address.display === '' ? `<${address.uri}>` : `${address.display} <${address.uri}>`
}

function nameAddr(display: string, uri: string, parameters: string): NameAddr | undefined {
  if (uri === '' || /[\s<>"]/.test(uri)) return undefined
  if (parameters !== '' && parameters.charCodeAt(0) !== 59) return undefined
  return { display, uri, parameters }
}

function endOfQuote(value: string, start: number): number {
  for (let i = start; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code === 92) i++
    else if (code === 34) return i
  }
  return -1
}
