import type { User } from '@ringdown/core/contract'
import { unwrap } from '@ringdown/core/kernel'
import { createUser, type ISql } from '@ringdown/db/postgres'
import { unique } from './unique.ts'

type Given = Partial<Omit<User, 'id'>> & { passwordHash?: string; sipPassword?: string }

/** An agent who cannot sign in unless a password hash is given. */
export async function aUser(sql: ISql, given: Given = {}): Promise<User> {
  const n = unique()
  const standard = { role: 'agent', language: 'zh', active: true, extension: null, queues: [], skills: [] } as const
  const created = await createUser(sql, {
    ...standard,
    login: `user.${n}`,
    name: `用户 ${n}`,
    passwordHash: 'no password fits',
    ...given,
    queues: given.queues ?? [],
    skills: given.skills ?? [],
  })
  return unwrap(created)
}
