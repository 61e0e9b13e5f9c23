import type { SkillUse } from '@ringdown/core/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestHttp } from '../test-http.ts'

let http: TestHttp
beforeAll(async () => {
  http = await TestHttp.start()
})
afterAll(() => http[Symbol.asyncDispose]())

const french = { name: { zh: '法语', en: 'French' } }

it('are made, renamed and deleted by administrators, and by nobody else', async () => {
  const [root, carol] = [await http.signIn('root'), await http.signIn('carol')]
  for (const [method, path] of [
    ['GET', '/api/skills'],
    ['POST', '/api/skills'],
  ] as const)
    expect(await carol.call(method, path, method === 'POST' ? french : undefined)).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden' } },
    })
  const { id } = (await root.call('POST', '/api/skills', french)).body as SkillUse
  const renamed = { name: { zh: '法文', en: 'Français' } }
  expect((await carol.call('PATCH', `/api/skills/${id}`, renamed)).status).toBe(403)
  expect((await root.call('PATCH', `/api/skills/${id}`, renamed)).body).toEqual({
    ...renamed,
    id,
    agents: [],
    queues: [],
  })
  expect((await root.call('GET', '/api/skills')).body).toMatchObject([renamed])
  expect((await carol.call('DELETE', `/api/skills/${id}`)).status).toBe(403)
  expect((await root.call('DELETE', `/api/skills/${id}`)).body).toEqual({})
  expect((await root.call('DELETE', `/api/skills/${id}`)).status).toBe(404)
  expect((await root.call('PATCH', `/api/skills/${id}`, renamed)).status).toBe(404)
})

it('have a name of their own in both languages, without regard to case', async () => {
  const root = await http.signIn('root')
  const { id } = (await root.call('POST', '/api/skills', { name: { zh: '德语', en: 'German' } })).body as SkillUse
  const same = { name: { zh: '日耳曼语', en: ' gERMAN ' } }
  expect(await root.call('POST', '/api/skills', same)).toMatchObject({
    status: 409,
    body: { error: { code: 'duplicate', field: 'body.name.en', message: expect.stringContaining('This name') } },
  })
  expect((await root.call('POST', '/api/skills', { name: { zh: '德语', en: 'Deutsch' } })).body).toMatchObject({
    error: { code: 'duplicate', field: 'body.name.zh' },
  })
  expect((await root.call('POST', '/api/skills', { name: { zh: '  ', en: 'Dutch' } })).body).toMatchObject({
    error: { code: 'invalid_input', field: 'body.name.zh' },
  })
  expect((await root.call('PATCH', `/api/skills/${id}`, same)).status).toBe(200)
})

it('stay while somebody uses them, and say who', async () => {
  const root = await http.signIn('root')
  const [mine, asked] = (await Promise.all(
    ['Welding', 'Soldering'].map(async (en) => (await root.call('POST', '/api/skills', { name: { zh: en, en } })).body),
  )) as [SkillUse, SkillUse]
  const { id: alice } = await http.signIn('alice')
  await root.call('PATCH', `/api/users/${alice}`, { skills: [{ skillId: mine.id, level: 3 }] })
  const queue = await root.call('POST', '/api/queues', {
    ...{ key: 'workshop', name: { zh: '车间', en: 'Workshop' }, strategy: 'longest_idle', music: 'music' },
    ...{ requiredSkills: [{ skillId: asked.id, level: 1 }], offerMs: 20_000, wrapUpMs: 60_000, maxWaitMs: null },
    ...{ shortAbandonMs: 5_000, serviceLevelMs: 20_000, serviceLevelTarget: 0.8, announceEveryMs: null, survey: true },
  })
  expect(queue.status).toBe(200)
  expect(await root.call('DELETE', `/api/skills/${mine.id}`)).toMatchObject({
    status: 409,
    body: { error: { code: 'in_use', message: expect.stringContaining('alice') } },
  })
  expect((await root.call('DELETE', `/api/skills/${asked.id}`)).body).toMatchObject({
    error: { code: 'in_use', message: expect.stringContaining('Workshop') },
  })
  expect((await root.call('GET', '/api/skills')).body).toEqual(
    expect.arrayContaining([
      { ...mine, agents: [{ id: alice, name: 'alice' }] },
      { ...asked, queues: [{ id: (queue.body as { id: string }).id, name: { zh: '车间', en: 'Workshop' } }] },
    ]),
  )
  const gone = [{ skillId: '00000000-0000-4000-8000-000000000000', level: 1 }]
  expect(await root.call('PATCH', `/api/users/${alice}`, { skills: gone })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_input', field: 'body.skills' } },
  })
  const queueId = (queue.body as { id: string }).id
  expect((await root.call('PATCH', `/api/queues/${queueId}`, { requiredSkills: gone })).body).toMatchObject({
    error: { code: 'invalid_input', field: 'body.requiredSkills' },
  })
  await root.call('PATCH', `/api/users/${alice}`, { skills: [] })
  expect((await root.call('DELETE', `/api/skills/${mine.id}`)).status).toBe(200)
})
