import { z } from 'zod'
import { NewQueue, Queue } from '../../acd/index.ts'
import { FlowId, Instant, Language, Localized, QueueId, SkillId, UserId } from '../../kernel/index.ts'
import { Nothing, operation, Role } from '../operation.ts'

const tag = 'settings'
export const Skill = z.object({ id: SkillId, name: Localized })
export const Disposition = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  name: Localized,
  position: z.number().int(),
})
export type Disposition = z.infer<typeof Disposition>

/** What every page needs to show names: queues, colleagues, dispositions, skills. */
export const Catalogue = z.object({
  company: z.string(),
  timeZone: z.string(),
  numberToCall: z.string(),
  queues: z.array(Queue.pick({ id: true, key: true, name: true })),
  agents: z.array(
    z.object({ id: UserId, name: z.string(), /** as on the board; for transfer targets */ state: z.string() }),
  ),
  dispositions: z.array(Disposition),
  skills: z.array(Skill),
})
export type Catalogue = z.infer<typeof Catalogue>

export const User = z.object({
  id: UserId,
  login: z.string().trim().min(2).max(80),
  name: z.string().trim().min(1).max(120),
  role: Role,
  language: Language,
  active: z.boolean(),
  /** Extension and SIP user name of the agent's own phone. */
  extension: z
    .string()
    .regex(/^\d{3,6}$/)
    .nullable(),
  queues: z.array(QueueId),
  skills: z.array(z.object({ skillId: SkillId, level: z.number().int().min(1).max(5) })),
})
export type User = z.infer<typeof User>
const Password = z.string().min(10, 'use at least 10 characters').max(200)

export const settings = {
  readCatalogue: operation({
    tag,
    summary: 'Names of queues, agents, dispositions and skills',
    method: 'get',
    path: '/api/catalogue',
    role: 'agent',
    output: Catalogue,
  }),
  listUsers: operation({
    tag,
    summary: 'All users',
    method: 'get',
    path: '/api/users',
    role: 'admin',
    output: z.array(User),
  }),
  createUser: operation({
    tag,
    summary: 'New user',
    method: 'post',
    path: '/api/users',
    role: 'admin',
    body: User.omit({ id: true }).extend({ password: Password }),
    output: User,
  }),
  changeUser: operation({
    tag,
    summary: 'Change a user',
    method: 'patch',
    path: '/api/users/{userId}',
    role: 'admin',
    params: z.object({ userId: UserId }),
    body: User.omit({ id: true })
      .extend({ password: Password, /** of the SIP phone */ sipPassword: Password })
      .partial(),
    output: User,
  }),
  listQueues: operation({
    tag,
    summary: 'Queues with their rules',
    method: 'get',
    path: '/api/queues',
    role: 'supervisor',
    output: z.array(Queue),
  }),
  createQueue: operation({
    tag,
    summary: 'New queue',
    method: 'post',
    path: '/api/queues',
    role: 'admin',
    body: NewQueue,
    output: Queue,
  }),
  changeQueue: operation({
    tag,
    summary: 'Change the rules of a queue',
    method: 'patch',
    path: '/api/queues/{queueId}',
    role: 'admin',
    params: z.object({ queueId: QueueId }),
    body: Queue.omit({ id: true }).partial(),
    output: Queue,
  }),
  listFlows: operation({
    tag,
    summary: 'IVR flows with their published version',
    method: 'get',
    path: '/api/flows',
    role: 'admin',
    output: z.array(
      z.object({
        id: FlowId,
        name: z.string(),
        number: z.string().nullable(),
        version: z.number().int(),
        publishedAt: Instant,
      }),
    ),
  }),
  readFlow: operation({
    tag,
    summary: 'A version of a flow',
    method: 'get',
    path: '/api/flows/{flowId}',
    role: 'admin',
    params: z.object({ flowId: FlowId }),
    query: z.object({ version: z.coerce.number().int().optional() }),
    output: z.object({ id: FlowId, version: z.number().int(), flow: z.unknown() }),
  }),
  publishFlow: operation({
    tag,
    summary: 'Publish a new version; refused with the node and field to blame',
    method: 'post',
    path: '/api/flows/{flowId}/versions',
    role: 'admin',
    params: z.object({ flowId: FlowId }),
    body: z.object({ flow: z.unknown() }),
    output: z.object({ version: z.number().int() }),
  }),
  saveDispositions: operation({
    tag,
    summary: 'The list of dispositions',
    method: 'put',
    path: '/api/dispositions',
    role: 'admin',
    body: z.array(Disposition).max(50),
    output: z.array(Disposition),
  }),
  signOutAgent: operation({
    tag,
    summary: 'Force an agent to sign out',
    method: 'post',
    path: '/api/agents/{userId}/sign-out',
    role: 'supervisor',
    params: z.object({ userId: UserId }),
    output: Nothing,
  }),
} as const
