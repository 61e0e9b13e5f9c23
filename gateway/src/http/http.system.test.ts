import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, TestHttp } from './test-http.ts'

let http: TestHttp
beforeAll(async () => {
  http = await TestHttp.start()
})
afterAll(() => http[Symbol.asyncDispose]())
const signIn = (login: string, password?: string) => http.signIn(login, password)

describe('a session', () => {
  it('opens with the right password, names the wrong field otherwise, and tells no secret', async () => {
    expect(await signIn('alice', 'wrong password!')).toMatchObject({
      status: 401,
      body: { error: { code: 'wrong_password', field: 'password' } },
    })
    expect((await signIn('nobody', PASSWORD)).status).toBe(401)
    const alice = await signIn('Alice', PASSWORD)
    expect(alice).toMatchObject({ status: 200, body: { login: 'alice', role: 'agent' } })
    expect(JSON.stringify(alice.body)).not.toContain('argon2')
    expect(alice.cookie).toMatch(/HttpOnly/)
    expect(alice.cookie).toMatch(/SameSite=Lax/i)
  })

  it('ends at sign-out: the cookie is worth nothing afterwards', async () => {
    const alice = await signIn('alice', PASSWORD)
    expect((await alice.call('GET', '/api/me')).status).toBe(200)
    expect((await alice.call('DELETE', '/api/session')).status).toBe(200)
    expect((await alice.call('GET', '/api/me')).status).toBe(401)
  })

  it('needs its own token for every change, and refuses other sites', async () => {
    const alice = await signIn('alice', PASSWORD)
    const patch = { language: 'en' }
    expect((await alice.call('PATCH', '/api/me', patch, { 'x-csrf-token': 'x' })).body).toMatchObject({
      error: { code: 'csrf' },
    })
    expect((await alice.call('PATCH', '/api/me', patch, { origin: 'http://evil.example' })).body).toMatchObject({
      error: { code: 'csrf' },
    })
    expect((await alice.call('PATCH', '/api/me', patch)).body).toMatchObject({ language: 'en' })
  })

  it('is refused for a while after too many wrong passwords', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) statuses.push((await signIn('guessed', 'wrong password!')).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })
})

describe('roles', () => {
  it.each([
    ['alice', 'GET', '/api/board', 403],
    ['alice', 'GET', '/api/users', 403],
    ['carol', 'GET', '/api/users', 403],
    ['carol', 'GET', '/api/board', 200],
    ['root', 'GET', '/api/users', 200],
    ['alice', 'GET', '/api/customers', 200],
  ])('%s %s %s → %i', async (login, method, path, status) => {
    const user = await signIn(login, PASSWORD)
    expect((await user.call(method, path)).status).toBe(status)
  })

  it('are those of the session: who gets another one signs in again', async () => {
    const [root, bob] = [await signIn('root', PASSWORD), await signIn('bob', PASSWORD)]
    const change = (body: object) => root.call('PATCH', `/api/users/${bob.id}`, body)
    expect((await change({ role: 'agent', name: 'Bob' })).status).toBe(200)
    expect((await bob.call('GET', '/api/me')).status).toBe(200)
    expect((await change({ role: 'supervisor' })).status).toBe(200)
    expect((await bob.call('GET', '/api/me')).status).toBe(401)
    expect((await (await signIn('bob', PASSWORD)).call('GET', '/api/board')).status).toBe(200)
  })

  it('keep an administrator from locking himself out', async () => {
    const root = await signIn('root', PASSWORD)
    expect((await root.call('PATCH', `/api/users/${root.id}`, { role: 'agent' })).body).toMatchObject({
      error: { code: 'own_role' },
    })
  })
})

describe('bad input', () => {
  it.each([
    ['POST', '/api/customers', { name: '' }, 'body.name'],
    ['POST', '/api/customers', { name: 'Acme', code: '12' }, 'body.code'],
    ['POST', '/api/customers', { name: 'Acme', person: { name: 'Bo', phones: ['12ab'] } }, 'body.person.phones.0'],
    ['GET', '/api/customers?pageSize=9999', undefined, 'query.pageSize'],
    ['GET', '/api/customers/not-an-id', undefined, 'params.customerId'],
  ])('%s %s names the field', async (method, path, body, field) => {
    const alice = await signIn('alice', PASSWORD)
    const answer = await alice.call(method, path, body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ error: { code: 'invalid_input', field } })
  })

  it('that is no JSON is said to be none', async () => {
    const res = await fetch(`${http.base}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    expect(res.status).toBe(400)
    expect(await res.json()).toMatchObject({ error: { field: 'body' } })
  })
})

describe('customers and tickets', () => {
  it('keep both of two people who save at once: the second is told, nothing is lost', async () => {
    const alice = await signIn('alice', PASSWORD)
    const made = await alice.call('POST', '/api/customers', {
      name: '华芯电子',
      person: { name: '王建国', phones: ['139 0013 8000'] },
    })
    expect(made.body).toMatchObject({ name: '华芯电子', people: [{ name: '王建国', phones: ['+8613900138000'] }] })
    const { id, version } = made.body as { id: string; version: number }
    expect((await alice.call('PATCH', `/api/customers/${id}`, { notes: 'first', version })).status).toBe(200)
    expect((await alice.call('PATCH', `/api/customers/${id}`, { notes: 'second', version })).body).toMatchObject({
      error: { code: 'stale' },
    })
    expect((await alice.call('GET', '/api/callers/+8613900138000')).body).toMatchObject({
      kind: 'one',
      candidate: { personName: '王建国' },
    })
  })

  it('refuse a state that cannot follow', async () => {
    const alice = await signIn('alice', PASSWORD)
    const ticket = {
      subject: 'No power',
      customerId: null,
      personId: null,
      priority: 'high',
      category: 'repair',
      assigneeId: null,
      dueAt: null,
      note: 'Rang twice',
      contactId: null,
    }
    const made = await alice.call('POST', '/api/tickets', ticket)
    expect(made.body).toMatchObject({ state: 'open', messages: [{ text: 'Rang twice', author: { name: 'alice' } }] })
    const { id, version } = made.body as { id: string; version: number }
    expect((await alice.call('PATCH', `/api/tickets/${id}`, { state: 'closed', version })).body).toMatchObject({
      error: { code: 'illegal_transition', field: 'body.state' },
    })
    expect((await alice.call('PATCH', `/api/tickets/${id}`, { state: 'solved', version })).body).toMatchObject({
      state: 'solved',
    })
  })
})

describe('the description', () => {
  it('lists every operation and command with its schemas, and reads as a page', async () => {
    const document = (await (await fetch(`${http.base}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>
    }
    expect(document.paths['/api/calls/{contactId}/hold']?.post?.operationId).toBe('call:hold')
    expect(document.paths['/api/customers/{customerId}']?.patch?.operationId).toBe('changeCustomer')
    expect(document.paths['/api/skills/{skillId}']?.delete?.operationId).toBe('deleteSkill')
    expect(document.paths['/api/saved-views']?.post?.operationId).toBe('createSavedView')
    const page = await (await fetch(`${http.base}/api/docs`)).text()
    expect(page).toContain('/api/calls/{contactId}/hold')
  })

  it('answers an unknown address with 404 in JSON', async () => {
    const alice = await signIn('alice', PASSWORD)
    expect((await alice.call('GET', '/api/nothing')).body).toMatchObject({ error: { code: 'not_found' } })
  })
})
