import { MAX_SAVED_VIEWS, type SavedView } from '@ringdown/core/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Browser, TestHttp } from '../test-http.ts'

let http: TestHttp
let alice: Browser, bob: Browser, carol: Browser, root: Browser
beforeAll(async () => {
  http = await TestHttp.start()
  alice = await http.signIn('alice')
  bob = await http.signIn('bob')
  carol = await http.signIn('carol')
  root = await http.signIn('root')
})
afterAll(() => http[Symbol.asyncDispose]())

const PATH = '/api/saved-views'
const overdue = {
  list: 'tickets',
  name: 'My overdue ones',
  filters: { state: 'open,pending', assigneeId: 'none' },
  sort: 'dueAt,-priority',
  columns: [
    { key: 'number', width: 105, shown: true },
    { key: 'subject', width: null, shown: true },
    { key: 'category', width: null, shown: false },
  ],
  sharedWith: null,
}

it('come back as they were saved, to their owner alone', async () => {
  const saved = (await alice.call('POST', PATH, overdue)).body as SavedView
  expect(saved).toEqual({
    ...overdue,
    id: saved.id,
    owner: { id: alice.id, name: 'alice' },
    updatedAt: expect.any(Number),
  })
  expect((await alice.call('GET', `${PATH}?list=tickets`)).body).toEqual([saved])
  expect((await alice.call('GET', `${PATH}?list=contacts`)).body).toEqual([])
  expect((await bob.call('GET', PATH)).body).toEqual([])
  expect((await bob.call('PUT', `${PATH}/${saved.id}`, overdue)).status).toBe(404)
  expect((await bob.call('DELETE', `${PATH}/${saved.id}`)).status).toBe(404)

  const changed = { ...overdue, name: 'Overdue', sort: null, columns: overdue.columns.toReversed() }
  expect((await alice.call('PUT', `${PATH}/${saved.id}`, changed)).body).toMatchObject(changed)
  expect((await alice.call('DELETE', `${PATH}/${saved.id}`)).body).toEqual({})
  expect((await alice.call('GET', PATH)).body).toEqual([])
})

it('have one name each among those of a list', async () => {
  await alice.call('POST', PATH, { ...overdue, name: 'Twice' })
  expect(await alice.call('POST', PATH, { ...overdue, name: ' tWICE ' })).toMatchObject({
    status: 409,
    body: { error: { code: 'duplicate', field: 'body.name' } },
  })
  const contacts = { ...overdue, list: 'contacts', filters: {}, sort: null, name: 'Twice' }
  expect((await alice.call('POST', PATH, contacts)).status).toBe(200)
})

it('are shared by supervisors with a role, changed by their owner, deleted by an administrator too', async () => {
  const shared = { ...overdue, name: 'Nobody’s', sharedWith: 'agent' }
  expect(await alice.call('POST', PATH, shared)).toMatchObject({
    status: 403,
    body: { error: { code: 'forbidden', field: 'body.sharedWith' } },
  })
  const forAll = (await carol.call('POST', PATH, shared)).body as SavedView
  const forBosses = (await carol.call('POST', PATH, { ...shared, name: 'Bosses', sharedWith: 'supervisor' }))
    .body as SavedView
  const seenBy = async ({ call }: Browser) => ((await call('GET', PATH)).body as SavedView[]).map(({ id }) => id)
  expect(await seenBy(alice)).toContain(forAll.id)
  expect(await seenBy(alice)).not.toContain(forBosses.id)
  expect(await seenBy(root)).toEqual([forBosses.id, forAll.id])

  for (const somebody of [alice, root])
    expect((await somebody.call('PUT', `${PATH}/${forAll.id}`, shared)).body).toMatchObject({
      error: { code: 'forbidden' },
    })
  expect((await alice.call('DELETE', `${PATH}/${forAll.id}`)).status).toBe(403)
  expect((await root.call('DELETE', `${PATH}/${forAll.id}`)).status).toBe(200)
  expect((await carol.call('PUT', `${PATH}/${forBosses.id}`, { ...shared, sharedWith: null })).status).toBe(200)
  expect(await seenBy(root)).toEqual([])
})

it.each([
  ['an unknown list', { list: 'calls' }, 'body.list'],
  ['no name', { name: '  ' }, 'body.name'],
  ['a filter the list does not have', { filters: { queueId: 'x' } }, 'body.filters'],
  ['a filter that is none', { filters: { assigneeId: 'me' } }, 'body.filters.assigneeId'],
  ['an order by what cannot be sorted', { sort: '-updatedAt,colour' }, 'body.sort'],
  [
    'a column twice',
    { columns: [...overdue.columns, { key: 'number', width: 90, shown: true }] },
    'body.columns.3.key',
  ],
  ['a width of nothing', { columns: [{ key: 'number', width: 0, shown: true }] }, 'body.columns.0.width'],
  ['a role nobody has', { sharedWith: 'everyone' }, 'body.sharedWith'],
])('name the field to blame: %s', async (_, wrong, field) => {
  expect(await alice.call('POST', PATH, { ...overdue, ...wrong })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_input', field } },
  })
})

it(`end at ${MAX_SAVED_VIEWS} a user, even when many are saved at once`, async () => {
  const answers = await Promise.all(
    Array.from({ length: MAX_SAVED_VIEWS + 5 }, (_, i) => bob.call('POST', PATH, { ...overdue, name: `View ${i}` })),
  )
  const refused = answers.filter(({ status }) => status !== 200)
  expect(refused).toHaveLength(5)
  expect(refused[0]).toMatchObject({ status: 409, body: { error: { code: 'too_many_views' } } })
  expect((await bob.call('GET', PATH)).body).toHaveLength(MAX_SAVED_VIEWS)
})
