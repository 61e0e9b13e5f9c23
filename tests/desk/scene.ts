import type { Queue } from '@ringdown/core/acd'
import type { User } from '@ringdown/core/contract'
import type { Customer, Person } from '@ringdown/core/customer'
import { createFlow, type ISql, publishFlow, routeNumber } from '@ringdown/db/postgres'
import { seedEmpty } from '@ringdown/db/seeds'
import demoFlow from '@ringdown/ivr/flows/demo' with { type: 'json' }
import { aCustomer, aPerson, aQueue, aTicket, aUser } from '../factories/index.ts'
import { straightFlow } from './straight-flow.ts'

export const password = 'journey-password'
/** Of that password, and cheap to check: signing in is not what journeys measure. */
const passwordHash = '$argon2id$v=19$m=1024,t=1,p=1$0uPLYnpclto/EJ8NFgxa4A$XhF6Tf1R8IA7LHPKrZKXa6mohpaq1EgVaMjjHse6R1M'

export type QueueKey = 'after-sales' | 'sales' | 'complaints' | 'operator'
export type QueueRules = Partial<Omit<Queue, 'id' | 'key' | 'name'>>
export type PersonName = 'alice' | 'bob' | 'carol' | 'admin'

/** Who works here and who may call. */
export type Scene = {
  queues: Record<QueueKey, Queue>
  users: Record<PersonName, User>
  /** 华芯电子, code 100237, grade A, with two open tickets; 王建国 calls from 13900138000. */
  customer: Customer
  caller: Person
  /** Two people of two companies call from 13700137000. */
  sharedNumber: string
}

export const numbers = {
  /** The demo flow: languages, menu, code, queue by choice, survey. */
  hotline: '4000',
  /** Straight to the queue `sales`, in English and without a survey: for tests that are not about the IVR. */
  straight: '4100',
} as const

/** An offer rings for 3 s; nobody waits long for a rule to bite. */
const shortTimers = { offerMs: 3000, wrapUpMs: 20_000, maxWaitMs: 60_000, shortAbandonMs: 500 }

/** @param rules of every queue, where they differ from the usual ones */
export async function setScene(sql: ISql, rules: QueueRules = {}): Promise<Scene> {
  await seedEmpty(sql)
  const queue = (key: QueueKey, zh: string, en: string, survey: boolean) =>
    aQueue(sql, { key, name: { zh, en }, survey, ...shortTimers, ...rules })
  const queues = {
    'after-sales': await queue('after-sales', '售后', 'After-sales', true),
    sales: await queue('sales', '销售', 'Sales', true),
    complaints: await queue('complaints', '投诉', 'Complaints', false),
    operator: await queue('operator', '总机', 'Operator', false),
  }
  await answer(sql, numbers.hotline, demoFlow)
  await answer(sql, numbers.straight, straightFlow)
  return { queues, users: await hire(sql, queues), ...(await meetCustomers(sql)) }
}

async function answer(sql: ISql, number: string, flow: { name: string }): Promise<void> {
  const flowId = await createFlow(sql, flow.name)
  await publishFlow(sql, flowId, flow, null)
  await routeNumber(sql, number, flowId)
}

async function hire(sql: ISql, queues: Scene['queues']): Promise<Scene['users']> {
  const account = { passwordHash, language: 'zh' } as const
  const agent = { ...account, sipPassword: password, queues: Object.values(queues).map(({ id }) => id) }
  return {
    alice: await aUser(sql, { ...agent, login: 'alice', name: '李娜', extension: '1001' }),
    bob: await aUser(sql, { ...agent, login: 'bob', name: 'Bob Reed', language: 'en', extension: '1002' }),
    carol: await aUser(sql, { ...account, login: 'carol', name: '张伟', role: 'supervisor' }),
    admin: await aUser(sql, { ...account, login: 'admin', name: '管理员', role: 'admin' }),
  }
}

async function meetCustomers(sql: ISql): Promise<Pick<Scene, 'customer' | 'caller' | 'sharedNumber'>> {
  const customer = await aCustomer(sql, {
    code: '100237',
    name: '华芯电子',
    grade: 'A',
    preferences: '喜欢先听结论',
    notes: '合同九月到期',
  })
  const caller = await aPerson(sql, {
    customerId: customer.id,
    name: '王建国',
    title: '采购经理',
    phones: ['+8613900138000'],
  })
  const ours = { customerId: customer.id, personId: caller.id }
  await aTicket(sql, { ...ours, subject: '贴片机送料器卡料' })
  await aTicket(sql, { ...ours, subject: '发票抬头有误' })
  const sharedNumber = '+8613700137000'
  for (const name of ['东海物流', '西湖仪器']) {
    const { id } = await aCustomer(sql, { name })
    await aPerson(sql, { customerId: id, name: `${name}的总机`, phones: [sharedNumber] })
  }
  return { customer, caller, sharedNumber }
}
