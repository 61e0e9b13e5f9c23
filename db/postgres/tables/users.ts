import type { User } from '@ringdown/core/contract'
import type { Language, Result, UserId } from '@ringdown/core/kernel'
import { err, ok } from '@ringdown/core/kernel'
import { duplicateOf, foreignKeyOf, type ISql, inTransaction } from '../client.ts'
import { type Change, given } from '../given.ts'
import { type SipHa1, sipHa1 } from '../sip-ha1.ts'

/** What signing in and the session's user need; the contract's `User` has what administrators see. */
export type Account = {
  id: UserId
  login: string
  name: string
  role: User['role']
  language: Language
  theme: 'system' | 'light' | 'dark'
  timeZone: string | null
  active: boolean
  passwordHash: string
}
export type UserChange = Change<Omit<User, 'id'> & { passwordHash: string; sipPassword: string }>
export type UserDuplicate = { code: 'duplicate'; field: 'login' | 'extension' }
/** It names a queue or a skill that is not there (any more). */
export type UserUnknown = { code: 'unknown'; field: 'queues' | 'skills' }

const account = (sql: ISql) => sql`id, login, name, role, language, theme, time_zone, active, password_hash`

/** @param login compared without case */
export async function findAccountByLogin(sql: ISql, login: string): Promise<Account | undefined> {
  const [row] = await sql<Account[]>`select ${account(sql)} from users where lower(login) = lower(${login})`
  return row
}

export async function findAccount(sql: ISql, id: UserId): Promise<Account | undefined> {
  const [row] = await sql<Account[]>`select ${account(sql)} from users where id = ${id}`
  return row
}

/** All users in the order of their names, with queues and skills. */
export async function listUsers(sql: ISql): Promise<User[]> {
  return sql<User[]>`${selectUsers(sql)} order by u.name, u.login`
}

export async function findUser(sql: ISql, id: UserId): Promise<User | undefined> {
  const [row] = await sql<User[]>`${selectUsers(sql)} where u.id = ${id}`
  return row
}

/** Is there an administrator who can sign in? Without one the installation needs its set-up. */
export async function hasAdministrator(sql: ISql): Promise<boolean> {
  const [row] = await sql`select 1 from users where role = 'admin' and active limit 1`
  return row !== undefined
}

export async function createUser(
  sql: ISql,
  user: Omit<User, 'id'> & { id?: UserId; passwordHash: string; sipPassword?: string },
): Promise<Result<User, UserDuplicate | UserUnknown>> {
  const { queues, skills, sipPassword, ...row } = user
  try {
    return await inTransaction(sql, async (tx) => {
      const [created] = await tx<{ id: UserId }[]>`insert into users ${tx(row)} returning id`
      if (!created) throw new Error('insert into users returned no row')
      const { id } = created
      if (sipPassword !== undefined && user.extension !== null) await saveHa1(tx, id, user.extension, sipPassword)
      await saveQueues(tx, id, queues)
      await saveSkills(tx, id, skills)
      return ok(await readUser(tx, id))
    })
  } catch (error) {
    return err(refusalOf(error))
  }
}

/**
 * Changes what is given. A changed extension makes the SIP password void (the digest contains the extension) unless a
 * new one comes with it.
 */
export async function changeUser(
  sql: ISql,
  id: UserId,
  change: UserChange,
): Promise<Result<User, UserDuplicate | UserUnknown | { code: 'not_found' } | { code: 'extension_needed' }>> {
  const { queues, skills, sipPassword, ...fields } = change
  try {
    return await inTransaction(sql, async (tx) => {
      const [before] = await tx<{ extension: string | null }[]>`select extension from users where id = ${id} for update`
      if (!before) return err({ code: 'not_found' })
      const extension = fields.extension === undefined ? before.extension : fields.extension
      if (sipPassword !== undefined && extension === null) return err({ code: 'extension_needed' })
      const ha1 = extension === before.extension ? {} : { sipHa1Md5: null, sipHa1Sha256: null }
      const columns = { ...given(fields), ...ha1 }
      if (Object.keys(columns).length > 0) await tx`update users set ${tx(columns)} where id = ${id}`
      if (sipPassword !== undefined && extension !== null) await saveHa1(tx, id, extension, sipPassword)
      if (queues) await saveQueues(tx, id, queues)
      if (skills) await saveSkills(tx, id, skills)
      return ok(await readUser(tx, id))
    })
  } catch (error) {
    return err(refusalOf(error))
  }
}

export async function savePreferences(
  sql: ISql,
  id: UserId,
  preferences: Change<Pick<Account, 'language' | 'theme' | 'timeZone'>>,
): Promise<void> {
  const columns = given(preferences)
  if (Object.keys(columns).length === 0) return
  await sql`update users set ${sql(columns)} where id = ${id}`
}

export async function savePasswordHash(sql: ISql, id: UserId, passwordHash: string): Promise<void> {
  await sql`update users set password_hash = ${passwordHash} where id = ${id}`
}

/** What a phone must prove at registration; undefined: no active user has this extension, or he has no SIP password. */
export async function findSipCredentials(
  sql: ISql,
  extension: string,
): Promise<{ userId: UserId; ha1: SipHa1 } | undefined> {
  const [row] = await sql<{ userId: UserId; md5: string; sha256: string }[]>`
    select id as user_id, sip_ha1_md5 as md5, sip_ha1_sha256 as sha256
    from users where extension = ${extension} and active and sip_ha1_md5 is not null`
  return row && { userId: row.userId, ha1: { md5: row.md5, sha256: row.sha256 } }
}

const selectUsers = (sql: ISql) => sql`
  select u.id, u.login, u.name, u.role, u.language, u.active, u.extension,
    array(select queue_id from queue_members where user_id = u.id order by queue_id) as queues,
    (select coalesce(jsonb_agg(jsonb_build_object('skillId', skill_id, 'level', level) order by skill_id), '[]')
      from agent_skills where user_id = u.id) as skills
  from users u`

async function readUser(sql: ISql, id: UserId): Promise<User> {
  const user = await findUser(sql, id)
  if (!user) throw new Error(`user ${id} is gone`)
  return user
}

async function saveHa1(sql: ISql, id: UserId, extension: string, password: string): Promise<void> {
  const { md5, sha256 } = sipHa1(extension, password)
  await sql`update users set sip_ha1_md5 = ${md5}, sip_ha1_sha256 = ${sha256} where id = ${id}`
}

async function saveQueues(sql: ISql, id: UserId, queues: User['queues']): Promise<void> {
  await sql`delete from queue_members where user_id = ${id}`
  await sql`insert into queue_members (user_id, queue_id) select ${id}, unnest(${queues}::uuid[])`
}

async function saveSkills(sql: ISql, id: UserId, skills: User['skills']): Promise<void> {
  await sql`delete from agent_skills where user_id = ${id}`
  if (skills.length === 0) return
  await sql`insert into agent_skills ${sql(skills.map((skill) => ({ userId: id, ...skill })))}`
}

function refusalOf(error: unknown): UserDuplicate | UserUnknown {
  const missing = foreignKeyOf(error)
  if (missing === 'queue_members_queue_id_fkey') return { code: 'unknown', field: 'queues' }
  if (missing === 'agent_skills_skill') return { code: 'unknown', field: 'skills' }
  const constraint = duplicateOf(error)
  if (constraint === 'users_login') return { code: 'duplicate', field: 'login' }
  if (constraint === 'users_extension') return { code: 'duplicate', field: 'extension' }
  throw error
}
