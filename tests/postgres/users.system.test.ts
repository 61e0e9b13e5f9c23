import { createHash } from 'node:crypto'
import { unwrap } from '@ringdown/core/kernel'
import {
  changeUser,
  createSession,
  createSkill,
  createUser,
  deleteExpiredSessions,
  deleteSessionsOf,
  findAccountByLogin,
  findSession,
  findSipCredentials,
  hasAdministrator,
  routingOf,
  savePreferences,
  TestDatabase,
} from '@ringdown/db/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aQueue, aUser } from '../factories/index.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())

describe('users', () => {
  it('sign in by login without regard to case, and have it to themselves', async () => {
    const user = await aUser(db.sql, { login: 'Li.Na', passwordHash: 'hash' })
    expect(await findAccountByLogin(db.sql, 'li.NA')).toMatchObject({
      id: user.id,
      passwordHash: 'hash',
      theme: 'system',
    })
    const { id: _, ...again } = user
    expect(await createUser(db.sql, { ...again, login: 'li.na', passwordHash: '' })).toEqual({
      ok: false,
      error: { code: 'duplicate', field: 'login' },
    })
    expect(JSON.stringify(user)).not.toContain('hash')
  })

  it('have queues and skills, as the router reads them', async () => {
    const [queue, skill] = [await aQueue(db.sql), unwrap(await createSkill(db.sql, { zh: '英语', en: 'English' }))]
    const user = await aUser(db.sql, { queues: [queue.id], skills: [{ skillId: skill.id, level: 4 }] })
    expect(user).toMatchObject({ queues: [queue.id], skills: [{ skillId: skill.id, level: 4 }] })
    expect(await routingOf(db.sql, user.id)).toEqual({ queues: [queue.id], skills: { [skill.id]: 4 } })
    unwrap(await changeUser(db.sql, user.id, { queues: [], skills: [] }))
    expect(await routingOf(db.sql, user.id)).toEqual({ queues: [], skills: {} })
  })

  it('have a phone whose password is kept as digests that a new extension makes void', async () => {
    const user = await aUser(db.sql, { extension: '1001', sipPassword: 'secret word' })
    const md5 = createHash('md5').update('1001:ringdown:secret word').digest('hex')
    expect(await findSipCredentials(db.sql, '1001')).toMatchObject({ userId: user.id, ha1: { md5 } })
    unwrap(await changeUser(db.sql, user.id, { name: 'same phone' }))
    expect(await findSipCredentials(db.sql, '1001')).toBeDefined()
    unwrap(await changeUser(db.sql, user.id, { extension: '1002' }))
    expect(await findSipCredentials(db.sql, '1002')).toBeUndefined()
    unwrap(await changeUser(db.sql, user.id, { sipPassword: 'another word' }))
    expect(await findSipCredentials(db.sql, '1002')).toBeDefined()
    unwrap(await changeUser(db.sql, user.id, { active: false }))
    expect(await findSipCredentials(db.sql, '1002')).toBeUndefined()
    const phoneless = await aUser(db.sql)
    expect(await changeUser(db.sql, phoneless.id, { sipPassword: 'x' })).toMatchObject({
      error: { code: 'extension_needed' },
    })
    expect(await changeUser(db.sql, phoneless.id, { extension: '1002' })).toMatchObject({
      error: { code: 'duplicate', field: 'extension' },
    })
  })

  it('need a set-up until an active administrator is there', async () => {
    expect(await hasAdministrator(db.sql)).toBe(false)
    const admin = await aUser(db.sql, { role: 'admin' })
    expect(await hasAdministrator(db.sql)).toBe(true)
    unwrap(await changeUser(db.sql, admin.id, { active: false }))
    expect(await hasAdministrator(db.sql)).toBe(false)
  })
})

describe('sessions', () => {
  const session = { csrfToken: 'c', userAgent: 'browser', createdAt: 1_000, expiresAt: 10_000 }

  it('are found by their token while they and their user live; the table holds no token', async () => {
    const user = await aUser(db.sql)
    await createSession(db.sql, 'token-1', { ...session, userId: user.id })
    expect(await findSession(db.sql, 'token-1', 9_999)).toEqual({
      session: { ...session, userId: user.id },
      account: await findAccountByLogin(db.sql, user.login),
    })
    expect(await findSession(db.sql, 'token-1', 10_000)).toBeUndefined()
    expect(await findSession(db.sql, 'token-2', 5_000)).toBeUndefined()
    const [{ dump } = { dump: '' }] = await db.sql`select string_agg(sessions::text, '') as dump from sessions`
    expect(dump).not.toContain('token-1')
    unwrap(await changeUser(db.sql, user.id, { active: false }))
    expect(await findSession(db.sql, 'token-1', 5_000)).toBeUndefined()
  })

  it('of a user can be ended but for the present one, and expired ones are swept', async () => {
    const user = await aUser(db.sql)
    await savePreferences(db.sql, user.id, { theme: 'dark', language: undefined })
    for (const token of ['a', 'b', 'c']) await createSession(db.sql, token, { ...session, userId: user.id })
    await deleteSessionsOf(db.sql, user.id, 'b')
    expect(await findSession(db.sql, 'a', 5_000)).toBeUndefined()
    expect((await findSession(db.sql, 'b', 5_000))?.account.theme).toBe('dark')
    expect(await deleteExpiredSessions(db.sql, 10_000)).toBeGreaterThanOrEqual(1)
    expect(await findSession(db.sql, 'b', 5_000)).toBeUndefined()
  })
})
