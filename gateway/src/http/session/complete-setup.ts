import { timingSafeEqual } from 'node:crypto'
import { plainRouting } from '@ringdown/core/acd'
import type { OperationInput } from '@ringdown/core/contract'
import { err, ok, QueueId, type Result, UserId } from '@ringdown/core/kernel'
import { createQueue, createUser, hasAdministrator, inTransaction, saveSettings } from '@ringdown/db/postgres'
import type { Refusal } from '../../commands/handlers.ts'
import type { Foundation } from '../../foundation.ts'
import { hashPassword } from './passwords.ts'
import { isTimeZone } from './time-zone.ts'

/** Any constant will do: it keeps two browsers from both becoming the first administrator. */
const SETUP_LOCK = 4_271_001

/**
 * Makes the first administrator, the company and the first queue of an empty installation, once. The token that the start
 * command printed proves that the one who does it owns the machine.
 */
export async function completeSetup(
  { sql, config, newId }: Pick<Foundation, 'sql' | 'config' | 'newId'>,
  body: OperationInput<'completeSetup'>['body'],
): Promise<Result<UserId, Refusal>> {
  if (!config.setupToken || !same(body.token, config.setupToken)) {
    return err({
      code: 'wrong_setup_code',
      message: 'This is not the set-up code that the start command shows.',
      field: 'body.token',
    })
  }
  if (!isTimeZone(body.timeZone)) {
    return err({
      code: 'invalid_input',
      message: 'Expected a time zone such as Asia/Shanghai.',
      field: 'body.timeZone',
    })
  }
  const passwordHash = await hashPassword(body.password)
  return inTransaction(sql, async (tx) => {
    await tx`select pg_advisory_xact_lock(${SETUP_LOCK})`
    if (await hasAdministrator(tx))
      return err({ code: 'done', message: 'This installation is set up already; sign in.' })
    await saveSettings(tx, { company: body.company, timeZone: body.timeZone })
    const queueId = QueueId.parse(newId())
    const queue = await createQueue(tx, { id: queueId, ...firstQueue(body.queueName) })
    if (!queue.ok)
      return err({ code: 'duplicate', message: 'There is a queue of this name already.', field: 'body.queueName' })
    const user = await createUser(tx, {
      id: UserId.parse(newId()),
      login: body.login,
      name: body.name,
      role: 'admin',
      language: body.language,
      active: true,
      extension: null,
      queues: [queueId],
      skills: [],
      passwordHash,
    })
    if (!user.ok)
      return err({ code: 'duplicate', message: 'There is a user of this name already.', field: 'body.login' })
    return ok(UserId.parse(user.value.id))
  })
}

const firstQueue = (name: string) => ({
  key: 'operator',
  name: { zh: name, en: name },
  strategy: 'longest_idle' as const,
  requiredSkills: [],
  ...plainRouting,
  offerMs: 20_000,
  wrapUpMs: 60_000,
  maxWaitMs: 1_800_000,
  shortAbandonMs: 5_000,
  serviceLevelMs: 20_000,
  serviceLevelTarget: 0.8,
  announceEveryMs: 45_000,
  music: 'default',
  survey: true,
})

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
