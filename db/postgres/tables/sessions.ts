import { createHash } from 'node:crypto'
import type { UserId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'
import type { Account } from './users.ts'

export type Session = { userId: UserId; csrfToken: string; userAgent: string; createdAt: number; expiresAt: number }

/** Tokens are 256 random bits, so one round of SHA-256 is enough to keep the table worthless to a thief. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** @param token of the cookie; only its hash is kept */
export async function createSession(
  sql: ISql,
  token: string,
  session: Omit<Session, 'createdAt'> & { createdAt: number },
): Promise<void> {
  await sql`insert into sessions ${sql({ tokenHash: hashOf(token), ...session })}`
}

/** The live session of a token with its active user. */
export async function findSession(
  sql: ISql,
  token: string,
  now: number,
): Promise<{ session: Session; account: Account } | undefined> {
  const [row] = await sql<(Session & Account)[]>`
    select s.user_id, s.csrf_token, s.user_agent, s.created_at, s.expires_at,
      u.id, u.login, u.name, u.role, u.language, u.theme, u.time_zone, u.active, u.password_hash
    from sessions s join users u on u.id = s.user_id
    where s.token_hash = ${hashOf(token)} and s.expires_at > ${now} and u.active`
  if (!row) return undefined
  const { userId, csrfToken, userAgent, createdAt, expiresAt, ...account } = row
  return { session: { userId, csrfToken, userAgent, createdAt, expiresAt }, account }
}

export async function extendSession(sql: ISql, token: string, expiresAt: number): Promise<void> {
  await sql`update sessions set expires_at = ${expiresAt} where token_hash = ${hashOf(token)}`
}

export async function deleteSession(sql: ISql, token: string): Promise<void> {
  await sql`delete from sessions where token_hash = ${hashOf(token)}`
}

/** Signs a user out everywhere, but for the session of `exceptToken`. */
export async function deleteSessionsOf(sql: ISql, userId: UserId, exceptToken?: string): Promise<void> {
  const kept = exceptToken === undefined ? '' : hashOf(exceptToken)
  await sql`delete from sessions where user_id = ${userId} and token_hash <> ${kept}`
}

/** @returns how many were gone */
export async function deleteExpiredSessions(sql: ISql, now: number): Promise<number> {
  const result = await sql`delete from sessions where expires_at <= ${now}`
  return result.count
}
