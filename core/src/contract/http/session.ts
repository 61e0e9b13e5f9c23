import { z } from 'zod'
import { Language, Localized, QueueId, UserId } from '../../kernel/index.ts'
import { Nothing, operation, Role } from '../operation.ts'

export const Me = z.object({
  id: UserId,
  login: z.string(),
  name: z.string(),
  role: Role,
  language: Language,
  theme: z.enum(['system', 'light', 'dark']),
  timeZone: z.string().nullable(),
  queues: z.array(z.object({ id: QueueId, name: Localized })),
  /** Sent back as `x-csrf-token` with every request that changes something. */
  csrfToken: z.string(),
})
export type Me = z.infer<typeof Me>
const Password = z.string().min(10, 'use at least 10 characters').max(200)
const tag = 'session'

export const session = {
  signIn: operation({
    tag,
    summary: 'Sign in; sets the session cookie',
    method: 'post',
    path: '/api/session',
    role: 'public',
    body: z.object({ login: z.string().trim().min(1).max(80), password: z.string().min(1).max(200) }),
    output: Me,
  }),
  signOut: operation({
    tag,
    summary: 'Sign out of this browser',
    method: 'delete',
    path: '/api/session',
    role: 'agent',
    output: Nothing,
  }),
  me: operation({ tag, summary: 'Who is signed in', method: 'get', path: '/api/me', role: 'agent', output: Me }),
  savePreferences: operation({
    tag,
    summary: 'Language, theme and time zone of the user',
    method: 'patch',
    path: '/api/me',
    role: 'agent',
    body: Me.pick({ language: true, theme: true, timeZone: true }).partial(),
    output: Me,
  }),
  changePassword: operation({
    tag,
    summary: 'Change the own password',
    method: 'put',
    path: '/api/me/password',
    role: 'agent',
    body: z.object({ current: z.string().max(200), next: Password }),
    output: Nothing,
  }),
  readSetup: operation({
    tag,
    summary: 'Does this installation still need its first administrator?',
    method: 'get',
    path: '/api/setup',
    role: 'public',
    output: z.object({ needed: z.boolean(), demo: z.boolean() }),
  }),
  completeSetup: operation({
    tag,
    summary: 'First administrator, company and queue; refused once done',
    method: 'post',
    path: '/api/setup',
    role: 'public',
    body: z.object({
      company: z.string().trim().min(1).max(200),
      name: z.string().trim().min(1).max(120),
      login: z.string().trim().min(2).max(80),
      password: Password,
      language: Language,
      timeZone: z.string().max(60),
      queueName: z.string().trim().min(1).max(120),
      token: z.string().max(200),
    }),
    output: Me,
  }),
} as const
