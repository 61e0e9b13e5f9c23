import type { OperationInput } from '@ringdown/core/contract'
import { err, ok, type UserId } from '@ringdown/core/kernel'
import {
  changeQueue,
  changeUser,
  createQueue,
  createUser,
  deleteSessionsOf,
  findFlow,
  inTransaction,
  listDispositions,
  listFlows,
  listQueues,
  listSkills,
  listUsers,
  publishFlow,
  readSettings,
  saveDispositions,
} from '@ringdown/db/postgres'
import { checkFlow } from '@ringdown/ivr'
import type { Refusal } from '../../commands/handlers.ts'
import type { Foundation } from '../../foundation.ts'
import { definedOnly } from '../defined-only.ts'
import type { OperationHandlers } from '../operation-handlers.ts'
import { duplicate, notFound } from '../refusals.ts'
import { hashPassword } from '../session/passwords.ts'
import { agentStates } from './agent-states.ts'

type SettingsOperations = Pick<
  OperationHandlers,
  | 'readCatalogue'
  | 'listUsers'
  | 'createUser'
  | 'changeUser'
  | 'listQueues'
  | 'createQueue'
  | 'changeQueue'
  | 'listFlows'
  | 'readFlow'
  | 'publishFlow'
  | 'saveDispositions'
  | 'signOutAgent'
>

type Parts = Pick<Foundation, 'sql' | 'agents' | 'config'> & {
  /** Ends the shift of another user, with who did it. */
  forceSignOut(agentId: UserId, by: UserId): Promise<void>
  /** A member's queues or skills changed: his live record follows. */
  refreshRouting(agentId: UserId): Promise<void>
  /** Closes the sockets of a user who may no longer sign in. */
  endUser(userId: UserId): void
}

export function settingsHandlers(parts: Parts): SettingsOperations {
  const { sql, agents, config } = parts
  return {
    async readCatalogue() {
      const [settings, queues, users, dispositions, skills, live] = await Promise.all([
        readSettings(sql),
        listQueues(sql),
        listUsers(sql),
        listDispositions(sql),
        listSkills(sql),
        agents.readAll(),
      ])
      return ok({
        company: settings.company,
        timeZone: settings.timeZone,
        numberToCall: `sip:${settings.numberToCall}@${config.sipPublic}`,
        queues: queues.map(({ id, key, name }) => ({ id, key, name })),
        agents: agentStates(users, live),
        dispositions,
        skills,
      })
    },

    listUsers: async () => ok(await listUsers(sql)),

    async createUser({ body }) {
      const { password, ...user } = body
      const created = await createUser(sql, { ...user, passwordHash: await hashPassword(password) })
      return created.ok ? created : err(duplicate(created.error.field))
    },

    async changeUser({ params, body }, caller) {
      if (params.userId === caller.userId && (body.active === false || (body.role && body.role !== 'admin'))) {
        return err({
          code: 'own_role',
          message: 'You cannot take the administrator’s role from yourself.',
          field: 'body.role',
        })
      }
      const { password, ...change } = body
      const passwordHash = password === undefined ? {} : { passwordHash: await hashPassword(password) }
      const changed = await changeUser(sql, params.userId, { ...definedOnly(change), ...passwordHash })
      if (!changed.ok) return err(refusalOfUser(changed.error))
      if (password !== undefined || body.active === false) {
        await deleteSessionsOf(sql, params.userId, params.userId === caller.userId ? caller.token : undefined)
        if (params.userId !== caller.userId) parts.endUser(params.userId)
      }
      if (body.active === false) await parts.forceSignOut(params.userId, caller.userId)
      else if (body.queues || body.skills) await parts.refreshRouting(params.userId)
      return changed
    },

    listQueues: async () => ok(await listQueues(sql)),

    async createQueue({ body }) {
      const created = await createQueue(sql, body)
      return created.ok ? created : err(duplicate(created.error.field))
    },

    async changeQueue({ params, body }) {
      const changed = await changeQueue(sql, params.queueId, definedOnly(body))
      if (changed.ok) return changed
      return err(changed.error.code === 'duplicate' ? duplicate(changed.error.field) : notFound('queue'))
    },

    listFlows: async () => ok(await listFlows(sql)),

    async readFlow({ params, query }) {
      const flow = await findFlow(sql, params.flowId, query.version)
      return flow ? ok({ ...flow, flow: flow.flow }) : err(notFound('flow'))
    },

    publishFlow: async ({ params, body }, caller) => publish(params, body, caller.userId),

    async saveDispositions({ body }) {
      const twice = body.find((d, i) => body.some((other, j) => j < i && other.key === d.key))
      if (twice) return err(duplicate(`${body.indexOf(twice)}.key`))
      return ok(await saveDispositions(sql, body))
    },

    async signOutAgent({ params }, caller) {
      await parts.forceSignOut(params.userId, caller.userId)
      return ok({})
    },
  }

  async function publish(params: OperationInput<'publishFlow'>['params'], body: { flow?: unknown }, by: UserId) {
    const flow = checkFlow(body.flow, { queueKeys: (await listQueues(sql)).map((q) => q.key) })
    if (!flow.ok)
      return err({ code: 'invalid_input', message: flow.error.message, field: `body.flow.${flow.error.field}` })
    const version = await inTransaction(sql, (tx) => publishFlow(tx, params.flowId, flow.value, by))
    return version === undefined ? err(notFound('flow')) : ok({ version })
  }
}

function refusalOfUser(refusal: { code: string; field?: string }): Refusal {
  if (refusal.code === 'duplicate') return duplicate(refusal.field ?? 'login')
  if (refusal.code === 'not_found') return notFound('user')
  return { code: 'invalid_input', message: 'A SIP phone needs an extension; set one first.', field: 'body.extension' }
}
