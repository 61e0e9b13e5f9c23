import { shownState } from '@ringdown/core/agent'
import type { OperationInput } from '@ringdown/core/contract'
import { err, ok, type UserId } from '@ringdown/core/kernel'
import {
  changeQueue,
  changeUser,
  createQueue,
  createUser,
  deleteSessionsOf,
  findAccount,
  findFlow,
  listFlows,
  listQueues,
  listUsers,
  publishFlow,
  type QueueDuplicate,
  type QueueUnknown,
  readCatalogue,
  saveDispositions,
  type UserDuplicate,
  type UserUnknown,
} from '@ringdown/db/postgres'
import { type FlowFault, parseFlow } from '@ringdown/ivr'
import type { Refusal } from '../../commands/handlers.ts'
import type { OperationHandlers } from '../operation-handlers.ts'
import type { HttpNeeds, HttpPorts } from '../ports.ts'
import { duplicate, notFound, unknown } from '../refusals.ts'
import { hashPassword } from '../session/passwords.ts'

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

type Parts = HttpNeeds & Pick<HttpPorts, 'forceSignOut' | 'refreshRouting' | 'refreshQueues' | 'endUser'>

export function settingsHandlers(parts: Parts): SettingsOperations {
  const { sql, agents, config } = parts
  return {
    async readCatalogue() {
      const [catalogue, live] = await Promise.all([readCatalogue(sql), agents.readAll()])
      const records = new Map(live.map((record) => [record.agentId, record]))
      return ok({
        ...catalogue,
        numberToCall: `sip:${catalogue.numberToCall}@${config.sipPublic}`,
        agents: catalogue.agents.map((agent) => ({ ...agent, state: shownState(records.get(agent.id)) })),
      })
    },

    listUsers: async () => ok(await listUsers(sql)),

    async createUser({ body }) {
      const { password, ...user } = body
      const created = await createUser(sql, { ...user, passwordHash: await hashPassword(password) })
      return created.ok ? created : err(refusalOfUser(created.error))
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
      const before = await findAccount(sql, params.userId)
      const changed = await changeUser(sql, params.userId, { ...change, ...passwordHash })
      if (!changed.ok) return err(refusalOfUser(changed.error))
      // An open page goes on with the role it was let in with.
      if (password !== undefined || body.active === false || changed.value.role !== before?.role) {
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
      return created.ok ? created : err(refusalOfQueue(created.error))
    },

    async changeQueue({ params, body }) {
      const changed = await changeQueue(sql, params.queueId, body)
      if (!changed.ok) return err(refusalOfQueue(changed.error))
      await parts.refreshQueues()
      return changed
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
      const done = await parts.forceSignOut(params.userId, caller.userId)
      return done.ok
        ? ok({})
        : err({ code: done.error.code, message: 'The agent is on a call or in wrap-up; try again afterwards.' })
    },
  }

  async function publish(params: OperationInput<'publishFlow'>['params'], body: { flow?: unknown }, by: UserId) {
    const flow = parseFlow(body.flow)
    if (!flow.ok) return err(refusalOfFlow(flow.error))
    const version = await publishFlow(sql, params.flowId, flow.value, by)
    return version === undefined ? err(notFound('flow')) : ok({ version })
  }
}

/** All faults in one sentence, the first one's place as the field. */
function refusalOfFlow(faults: readonly FlowFault[]): Refusal {
  const place = ({ node, field }: FlowFault) => (node === null ? field : `nodes.${node}.${field}`)
  const [first] = faults
  return {
    code: 'invalid_input',
    message: faults.map((fault) => `${place(fault)}: ${fault.message}`).join('; '),
    field: first ? `body.flow.${place(first)}` : 'body.flow',
  }
}

function refusalOfUser(
  refusal: UserDuplicate | UserUnknown | { code: 'not_found' } | { code: 'extension_needed' },
): Refusal {
  switch (refusal.code) {
    case 'duplicate':
      return duplicate(refusal.field)
    case 'unknown':
      return unknown(refusal.field)
    case 'not_found':
      return notFound('user')
    case 'extension_needed':
      return {
        code: 'invalid_input',
        message: 'A SIP phone needs an extension; set one first.',
        field: 'body.extension',
      }
  }
}

function refusalOfQueue(refusal: QueueDuplicate | QueueUnknown | { code: 'not_found' }): Refusal {
  switch (refusal.code) {
    case 'duplicate':
      return duplicate(refusal.field)
    case 'unknown':
      return unknown(refusal.field)
    case 'not_found':
      return notFound('queue')
  }
}
