import { err, ok } from '@ringdown/core/kernel'
import {
  appendAudit,
  createSession,
  deleteSession,
  deleteSessionsOf,
  findAccount,
  findAccountByLogin,
  hasAdministrator,
  readSettings,
  savePasswordHash,
  savePreferences,
} from '@ringdown/db/postgres'
import type { Foundation } from '../../foundation.ts'
import type { Exchange, OperationHandlers } from '../operation-handlers.ts'
import { SESSION_MS } from './caller-of-cookie.ts'
import { completeSetup } from './complete-setup.ts'
import { newToken } from './cookie.ts'
import { readMe } from './me.ts'
import { hashPassword, passwordFits } from './passwords.ts'
import { isTimeZone } from './time-zone.ts'

type SessionOperations = Pick<
  OperationHandlers,
  'signIn' | 'signOut' | 'me' | 'savePreferences' | 'changePassword' | 'readSetup' | 'completeSetup'
>

export function sessionHandlers(
  parts: Pick<Foundation, 'sql' | 'clock' | 'config' | 'newId'> & { endSession(sessionId: string): void },
): SessionOperations {
  const { sql, clock } = parts

  const open = async (userId: Parameters<typeof readMe>[1], exchange: Exchange) => {
    const [token, csrfToken, now] = [newToken(), newToken(), clock()]
    const expiresAt = now + SESSION_MS
    await createSession(sql, token, { userId, csrfToken, userAgent: exchange.userAgent, createdAt: now, expiresAt })
    exchange.setSession(token, expiresAt)
    return ok(await readMe(sql, userId, csrfToken))
  }

  return {
    async signIn({ body }, _caller, exchange) {
      const account = await findAccountByLogin(sql, body.login)
      if (!(await passwordFits(body.password, account?.passwordHash)) || !account?.active) {
        await appendAudit(sql, {
          userId: account?.id ?? null,
          action: 'session.refused',
          subjectId: null,
          details: { login: body.login, address: exchange.address },
        })
        return err({ code: 'wrong_password', message: 'The name or the password is wrong.', field: 'password' })
      }
      return open(account.id, exchange)
    },

    async signOut(_input, caller, exchange) {
      await deleteSession(sql, caller.token)
      parts.endSession(caller.sessionId)
      exchange.clearSession()
      return ok({})
    },

    me: async (_input, caller) => ok(await readMe(sql, caller.userId, caller.csrfToken)),

    async savePreferences({ body }, caller) {
      if (body.timeZone && !isTimeZone(body.timeZone)) {
        return err({
          code: 'invalid_input',
          message: 'Expected a time zone such as Asia/Shanghai.',
          field: 'body.timeZone',
        })
      }
      await savePreferences(sql, caller.userId, body)
      return ok(await readMe(sql, caller.userId, caller.csrfToken))
    },

    async changePassword({ body }, caller) {
      const account = await findAccount(sql, caller.userId)
      if (!(await passwordFits(body.current, account?.passwordHash))) {
        return err({ code: 'wrong_password', message: 'The present password is wrong.', field: 'body.current' })
      }
      await savePasswordHash(sql, caller.userId, await hashPassword(body.next))
      await deleteSessionsOf(sql, caller.userId, caller.token)
      return ok({})
    },

    async readSetup() {
      const [administered, settings] = await Promise.all([hasAdministrator(sql), readSettings(sql)])
      return ok({ needed: !administered, demo: settings.demo })
    },

    async completeSetup({ body }, _caller, exchange) {
      const created = await completeSetup(parts, body)
      return created.ok ? open(created.value, exchange) : created
    },
  }
}
