import type { SrfRequest } from 'drachtio-srf'
import type { CallerId } from './sip-leg.ts'

/** Who calls: P-Asserted-Identity (RFC 3325) if a trunk sent it, else From. */
export function callerIdOf(req: Pick<SrfRequest, 'get' | 'has'>): CallerId {
  const header = req.has('P-Asserted-Identity') ? req.get('P-Asserted-Identity') : req.get('From')
  const { name, uri } = nameAddress(header)
  return { number: userOf(uri) || 'anonymous', name: name === '' || /^anonymous$/i.test(name) ? null : name }
}

/** User part of a SIP or tel URI, unescaped and without parameters (RFC 3261 19.1.1, RFC 3966); empty if there is none. */
export function userOf(uri: string): string {
  const tel = /^tel:([^;?]*)/i.exec(uri)
  const sip = /^sips?:(?:([^@]*)@)?/i.exec(uri)
  const user = (tel?.[1] ?? sip?.[1] ?? '').split(/[;:]/)[0] ?? ''
  try {
    return decodeURIComponent(user).slice(0, 120)
  } catch {
    return user.slice(0, 120)
  }
}

/** The first name-addr of a header: `"Wang \"JG\"" <sip:a@b>;tag=1` → Wang "JG", sip:a@b. */
export function nameAddress(header: string): { name: string; uri: string } {
  const quoted = /^\s*(?:"((?:\\.|[^"\\])*)"|([^<"]*?))\s*<([^>]*)>/.exec(header)
  if (!quoted) return { name: '', uri: (header.trim().split(';')[0] ?? '').trim() }
  const name = (quoted[1]?.replace(/\\(.)/g, '$1') ?? quoted[2] ?? '').trim()
  return { name: name.slice(0, 120), uri: quoted[3] ?? '' }
}

/** A From for an outgoing call. `localhost` is replaced by the SIP server with its own address. */
export function fromHeader({ number, name }: CallerId): string {
  const user = encodeURIComponent(number).replaceAll('%2B', '+')
  const quoted = name === null ? '' : `"${name.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, '\\$&')}" `
  return `${quoted}<sip:${user}@localhost>`
}

/**
 * Keys of an INFO body: `application/dtmf-relay` (`Signal=5`) or `application/dtmf` (`5`). Some peers write the event
 * numbers of RFC 4733 3.2 from 10 on: `Signal=11` is #. Empty: none.
 */
export function infoDigits(contentType: string, body: string): string {
  const type = /^application\/dtmf(-relay)?\s*(?:;|$)/i.exec(contentType)
  if (!type) return ''
  const signal = type[1] ? /^\s*Signal\s*=\s*(\S+)\s*$/im : /^\s*(\S+)\s*$/
  const key = signal.exec(body)?.[1]?.toUpperCase() ?? ''
  if (/^1[0-5]$/.test(key)) return '*#ABCD'[Number(key) - 10] as string
  return /^[0-9*#A-D]$/.test(key) ? key : ''
}
