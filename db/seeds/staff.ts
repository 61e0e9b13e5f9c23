import { hash } from '@node-rs/argon2'
import { plainRouting, type Queue } from '@ringdown/core/acd'
import type { User } from '@ringdown/core/contract'
import { type Localized, QueueId, SkillId, UserId, unwrap } from '@ringdown/core/kernel'
import { createQueue, createSkill, createUser, type ISql } from '../postgres/index.ts'
import type { Random } from './random.ts'

/** Shown to everybody on the card of the demo: for demo data only. */
export const DEMO_PASSWORD = 'ringdown-demo'
export const DEMO_LOGINS = { agents: ['li.na', 'wang.min'], supervisor: 'zhang.wei', admin: 'admin' } as const

export type QueueKey = 'after-sales' | 'sales' | 'complaints' | 'operator'
export type DemoStaff = {
  queues: Record<QueueKey, Queue>
  /** The two who take calls. */
  agents: readonly [DemoUser, DemoUser]
}
export type DemoUser = { id: UserId; name: string }

const queueNames: Record<QueueKey, Localized> = {
  'after-sales': { zh: '售后', en: 'After-sales' },
  sales: { zh: '销售', en: 'Sales' },
  complaints: { zh: '投诉', en: 'Complaints' },
  operator: { zh: '总机', en: 'Operator' },
}

/** Users, skills and queues. Both agents take calls of all queues, so that every path of the demo reaches somebody. */
export async function seedStaff(sql: ISql, random: Random): Promise<DemoStaff> {
  const skillId = () => SkillId.parse(random.uuid())
  const repair = unwrap(await createSkill(sql, { zh: '维修', en: 'Repair' }, skillId()))
  const selling = unwrap(await createSkill(sql, { zh: '销售', en: 'Selling' }, skillId()))
  const english = unwrap(await createSkill(sql, { zh: '英语', en: 'English' }, skillId()))

  const queue = async (key: QueueKey, rules: Partial<Queue>) =>
    unwrap(
      await createQueue(sql, {
        ...standardRules,
        id: QueueId.parse(random.uuid()),
        key,
        name: queueNames[key],
        ...rules,
      }),
    )
  const requires = (skill: { id: SkillId }) => [{ skillId: skill.id, level: 1 }]
  const queues = {
    'after-sales': await queue('after-sales', { strategy: 'most_skilled', requiredSkills: requires(repair) }),
    sales: await queue('sales', { requiredSkills: requires(selling) }),
    complaints: await queue('complaints', { wrapUpMs: 90_000 }),
    operator: await queue('operator', { survey: false, wrapUpMs: 30_000 }),
  }

  const everyQueue = Object.values(queues).map(({ id }) => id)
  const skills = (...levels: number[]) =>
    [repair, selling, english].map((skill, i) => ({ skillId: skill.id, level: levels[i] ?? 1 }))
  const passwordHash = await hash(DEMO_PASSWORD)
  const user = async (login: string, name: string, rest: Partial<Parameters<typeof createUser>[1]>) => {
    const id = UserId.parse(random.uuid())
    return unwrap(await createUser(sql, { ...standardUser, id, login, name, passwordHash, ...rest }))
  }
  const agent = { queues: everyQueue, sipPassword: DEMO_PASSWORD }
  const liNa = await user('li.na', '李娜', { ...agent, extension: '1001', skills: skills(5, 2, 3) })
  const wangMin = await user('wang.min', '王敏', { ...agent, extension: '1002', skills: skills(2, 5, 4) })
  await user('zhang.wei', '张伟', { role: 'supervisor' })
  await user('admin', '管理员', { role: 'admin' })
  return { queues, agents: [liNa, wangMin] }
}

const standardUser: Omit<User, 'id' | 'login' | 'name'> = {
  role: 'agent',
  language: 'zh',
  active: true,
  extension: null,
  queues: [],
  skills: [],
}

const standardRules: Omit<Queue, 'id' | 'key' | 'name'> = {
  strategy: 'longest_idle',
  requiredSkills: [],
  ...plainRouting,
  offerMs: 20_000,
  wrapUpMs: 60_000,
  maxWaitMs: 600_000,
  shortAbandonMs: 5_000,
  serviceLevelMs: 20_000,
  serviceLevelTarget: 0.8,
  announceEveryMs: 30_000,
  music: 'default',
  survey: true,
}
