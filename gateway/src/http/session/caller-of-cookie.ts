import { createHash } from 'node:crypto'
import { UserId } from '@ringdown/core/kernel'
import { extendSession, findSession } from '@ringdown/db/postgres'
import type { Foundation } from '../../foundation.ts'
import type { Caller } from '../caller.ts'
import { readCookie, SESSION_COOKIE } from './cookie.ts'

/** A session lives this long after its last use. */
export const SESSION_MS = 12 * 3_600_000
/** The expiry is written at most this often. */
const EXTEND_MS = 10 * 60_000

/** Finds who a cookie belongs to, and keeps a used session alive. */
export function createCallerOfCookie({ sql, config, clock }: Pick<Foundation, 'sql' | 'config' | 'clock'>) {
  return async (cookie: string | undefined): Promise<Caller | undefined> => {
    const token = readCookie(cookie, SESSION_COOKIE(config))
    if (!token || token.length > 100) return undefined
    const now = clock()
    const found = await findSession(sql, token, now)
    if (!found) return undefined
    const { session, account } = found
    if (session.expiresAt - now < SESSION_MS - EXTEND_MS) await extendSession(sql, token, now + SESSION_MS)
    return {
      userId: UserId.parse(account.id),
      name: account.name,
      role: account.role,
      sessionId: sessionIdOf(token),
      token,
      csrfToken: session.csrfToken,
    }
  }
}

/** Names a session where its token must not be shown. */
const sessionIdOf = (token: string): string => createHash('sha256').update(`id:${token}`).digest('hex').slice(0, 24)
