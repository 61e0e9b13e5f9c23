import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** H(user:realm:password) by algorithm, in hex. */
export type Ha1 = { md5: string; sha256: string }
export type Algorithm = 'MD5' | 'SHA-256'

/** The parameters of an `Authorization: Digest …` header. */
export type Credentials = Readonly<Record<string, string>>

/** How long a nonce may be used; then the phone is asked again, as `stale`, without bothering its user. */
const NONCE_MS = 300_000

/** Null: no Digest credentials, or unreadable ones. */
export function readCredentials(header: string | undefined): Credentials | null {
  const list = /^\s*Digest\s+(.*)$/is.exec(header ?? '')?.[1]
  if (list === undefined) return null
  const pairs = list.matchAll(/([a-z-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,"]+))/gi)
  return Object.fromEntries(
    [...pairs].map(([, name = '', quoted, token]) => [
      name.toLowerCase(),
      quoted?.replace(/\\(.)/g, '$1') ?? token ?? '',
    ]),
  )
}

/** Nonces that need no memory: the instant, signed. */
export function nonces(secret: string, clock: () => number) {
  const sign = (at: string) => createHmac('sha256', secret).update(`nonce ${at}`).digest('base64url')
  return {
    next(): string {
      const at = clock().toString(36)
      return `${at}.${sign(at)}`
    },
    check(nonce: string): 'good' | 'stale' | 'forged' {
      const [at = '', signature = ''] = nonce.split('.')
      if (!same(signature, sign(at))) return 'forged'
      return clock() - Number.parseInt(at, 36) <= NONCE_MS ? 'good' : 'stale'
    },
  }
}

/** One challenge; RFC 8760 wants one header line for each algorithm. */
export function challenge(realm: string, nonce: string, algorithm: Algorithm, stale: boolean): string {
  return `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"${stale ? ', stale=true' : ''}`
}

/** Does the response prove the password (RFC 7616 3.4.1)? Accepts `qop=auth` and, from old phones, none. */
export function proves(credentials: Credentials, method: string, ha1: Ha1): boolean {
  const { algorithm = 'MD5', nonce = '', uri = '', nc = '', cnonce = '', qop, response = '' } = credentials
  const name = algorithm.toUpperCase()
  if (name !== 'MD5' && name !== 'SHA-256') return false
  if (qop !== undefined && qop !== 'auth') return false
  const hash = (text: string) =>
    createHash(name === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex')
  const ha2 = hash(`${method}:${uri}`)
  const proof = qop === undefined ? `${nonce}:${ha2}` : `${nonce}:${nc}:${cnonce}:${qop}:${ha2}`
  return same(response.toLowerCase(), hash(`${name === 'MD5' ? ha1.md5 : ha1.sha256}:${proof}`))
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
