import { randomBytes } from 'node:crypto'
import type { Config } from '../../config.ts'

/** Two copies on one host share a cookie jar (cookies ignore ports), so the name carries the port. */
export const SESSION_COOKIE = (config: Pick<Config, 'http'>): string => `ringdown_session_${config.http.port}`

/** A fresh session token: 256 random bits; only its hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** The value of one cookie in a Cookie header (RFC 6265 4.2.1). */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return decodeURIComponent(pair.slice(at + 1).trim())
  }
  return undefined
}
