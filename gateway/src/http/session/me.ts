import type { Me } from '@ringdown/core/contract'
import type { UserId } from '@ringdown/core/kernel'
import { findAccount, type ISql, listQueuesOf } from '@ringdown/db/postgres'

/** The signed-in user as his page needs him. */
export async function readMe(sql: ISql, userId: UserId, csrfToken: string): Promise<Me> {
  const [account, queues] = await Promise.all([findAccount(sql, userId), listQueuesOf(sql, userId)])
  if (!account) throw new Error(`user ${userId} is gone`)
  return {
    id: userId,
    login: account.login,
    name: account.name,
    role: account.role,
    language: account.language,
    theme: account.theme,
    timeZone: account.timeZone,
    queues: queues.map(({ id, name }) => ({ id, name })),
    csrfToken,
  }
}
