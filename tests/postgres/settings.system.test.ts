import { unwrap } from '@ringdown/core/kernel'
import {
  appendAudit,
  changeQueue,
  createFlow,
  createQueue,
  createSkill,
  findFlow,
  findFlowByNumber,
  findQueueByKey,
  listAudit,
  listDispositions,
  listFlows,
  publishFlow,
  readCatalogue,
  readSettings,
  routeNumber,
  saveDispositions,
  saveSettings,
  TestDatabase,
} from '@ringdown/db/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aQueue, aUser } from '../factories/index.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await TestDatabase.create()
})
afterAll(() => db[Symbol.asyncDispose]())

describe('settings', () => {
  it('have standards until somebody says otherwise', async () => {
    expect(await readSettings(db.sql)).toMatchObject({ timeZone: 'Asia/Shanghai', demo: false })
    await saveSettings(db.sql, { company: '华东客服中心', demo: true })
    await saveSettings(db.sql, { company: '"quoted" 中心' })
    expect(await readSettings(db.sql)).toMatchObject({ company: '"quoted" 中心', demo: true, defaultCountry: 'CN' })
  })

  it('make the catalogue that every page reads', async () => {
    const queue = await aQueue(db.sql, { key: 'support', name: { zh: '支持', en: 'Support' } })
    const agent = await aUser(db.sql, { name: '李娜' })
    await aUser(db.sql, { name: 'gone', active: false })
    await aUser(db.sql, { name: 'boss', role: 'supervisor' })
    const catalogue = await readCatalogue(db.sql)
    expect(catalogue.queues).toEqual([{ id: queue.id, key: 'support', name: { zh: '支持', en: 'Support' } }])
    expect(catalogue.agents).toEqual([{ id: agent.id, name: '李娜' }])
  })
})

describe('queues', () => {
  it('keep their rules and required skills, and their keys apart', async () => {
    const skill = unwrap(await createSkill(db.sql, { zh: '维修', en: 'Repair' }))
    const requiredSkills = [{ skillId: skill.id, level: 2 }]
    const queue = await aQueue(db.sql, { key: 'repairs', requiredSkills, maxWaitMs: 60_000 })
    expect(await findQueueByKey(db.sql, 'repairs')).toEqual({ ...queue, requiredSkills, maxWaitMs: 60_000 })
    const changed = await changeQueue(db.sql, queue.id, {
      name: { zh: '修', en: 'Fix' },
      maxWaitMs: null,
      requiredSkills: [],
    })
    expect(unwrap(changed)).toEqual({ ...queue, name: { zh: '修', en: 'Fix' }, maxWaitMs: null, requiredSkills: [] })
    const { id: _, ...again } = queue
    expect(await createQueue(db.sql, again)).toMatchObject({ error: { code: 'duplicate', field: 'key' } })
    const other = await aQueue(db.sql)
    expect(await changeQueue(db.sql, other.id, { key: 'repairs' })).toMatchObject({ error: { field: 'key' } })
  })
})

describe('dispositions', () => {
  it('are saved as a whole list in the order of their places', async () => {
    const item = (key: string, position: number) => ({ key, name: { zh: key, en: key }, position })
    await saveDispositions(db.sql, [item('old', 1)])
    expect(await saveDispositions(db.sql, [item('b', 2), item('a', 1)])).toEqual([item('a', 1), item('b', 2)])
    expect(await listDispositions(db.sql)).toHaveLength(2)
  })
})

describe('flows', () => {
  it('have versions, of which the latest answers their number', async () => {
    const id = await createFlow(db.sql, 'Hotline')
    const publisher = await aUser(db.sql)
    const flow = (word: string) => ({ some_key: word, nodes: [{ at: 1 }] })
    expect(await publishFlow(db.sql, id, flow('first'), publisher.id)).toBe(1)
    await routeNumber(db.sql, '4001', id)
    const versions = await Promise.all([1, 2, 3].map((n) => publishFlow(db.sql, id, flow(`next ${n}`), null)))
    expect(versions.sort()).toEqual([2, 3, 4])
    expect((await findFlowByNumber(db.sql, '4001'))?.version).toBe(4)
    expect(await findFlow(db.sql, id, 1)).toEqual({ id, version: 1, flow: flow('first') })
    expect(await findFlowByNumber(db.sql, '4999')).toBeUndefined()
    expect(await listFlows(db.sql)).toMatchObject([{ id, name: 'Hotline', number: '4001', version: 4 }])
    expect(await publishFlow(db.sql, crypto.randomUUID() as typeof id, {}, null)).toBeUndefined()
  })
})

describe('the audit log', () => {
  it('tells the latest first and forgets nothing', async () => {
    const user = await aUser(db.sql)
    const entry = { userId: user.id, action: 'user.changed', subjectId: 'x' }
    await appendAudit(db.sql, { ...entry, details: { step: 1 } })
    await appendAudit(db.sql, { ...entry, details: { step: 2 } })
    await appendAudit(db.sql, { ...entry, subjectId: 'y', details: {} })
    const found = await listAudit(db.sql, { subjectId: 'x', limit: 10 })
    expect(found.map(({ details }) => details)).toEqual([{ step: 2 }, { step: 1 }])
    await expect(db.sql`delete from audit_log`).rejects.toThrow('append-only')
  })
})
