import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Role } from '@ringdown/core/contract'
import { UserId, unwrap } from '@ringdown/core/kernel'
import { createUser, type Sql } from '@ringdown/db/postgres'
import { TestDatabase } from '@ringdown/db/postgres/testing'
import { pino } from 'pino'
import { readConfig } from '../config.ts'
import { createMetrics } from '../ops/metrics.ts'
import { operationHandlers } from './handlers.ts'
import { createHttpServer } from './server.ts'
import { createCallerOfCookie } from './session/caller-of-cookie.ts'
import { hashPassword } from './session/passwords.ts'

export const PASSWORD = 'a long enough password'
const PEOPLE = { alice: 'agent', bob: 'agent', carol: 'supervisor', root: 'admin' } as const satisfies Record<
  string,
  Role
>

/** The HTTP server over a database of its own, without the live parts: agents alice and bob, supervisor carol, administrator root. */
export class TestHttp implements AsyncDisposable {
  readonly db: TestDatabase
  readonly base: string
  readonly #server: Server

  private constructor(db: TestDatabase, server: Server) {
    this.db = db
    this.#server = server
    this.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  static async start(): Promise<TestHttp> {
    const db = await TestDatabase.create()
    const passwordHash = await hashPassword(PASSWORD)
    for (const [login, role] of Object.entries(PEOPLE)) await addUser(db.sql, login, role, passwordHash)
    return new TestHttp(db, await listen(db))
  }

  /** A browser that keeps cookie and CSRF token. */
  async signIn(login: string, password = PASSWORD) {
    const res = await fetch(`${this.base}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    })
    const body = (await res.json()) as { id: UserId; csrfToken: string }
    const setCookie = res.headers.get('set-cookie') ?? ''
    const call = async (
      method: string,
      path: string,
      data?: unknown,
      headers: Record<string, string> = {},
    ): Promise<Answer> => {
      const answer = await fetch(this.base + path, {
        method,
        headers: {
          'content-type': 'application/json',
          cookie: setCookie.split(';')[0] ?? '',
          'x-csrf-token': body.csrfToken ?? '',
          ...headers,
        },
        ...(data !== undefined && { body: JSON.stringify(data) }),
      })
      return { status: answer.status, body: await answer.json() }
    }
    return { status: res.status, body: body as unknown, id: body.id, cookie: setCookie, call }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await this.db[Symbol.asyncDispose]()
  }
}

export type Browser = Awaited<ReturnType<TestHttp['signIn']>>
type Answer = { status: number; body: unknown }

async function listen({ sql, url }: TestDatabase): Promise<Server> {
  const config = readConfig({
    DATABASE_URL: url,
    REDIS_URL: 'redis://127.0.0.1:1',
    DRACHTIO_URL: 'drachtio://:secret@127.0.0.1:1',
    MEDIA_URL: 'media://:secret@127.0.0.1:1',
    RINGDOWN_SESSION_SECRET: 'only for this very test',
    RINGDOWN_RECORDING_DIR: '/nowhere',
    RINGDOWN_PROMPT_DIR: '/nowhere',
    RINGDOWN_SIGN_IN_LIMIT_PER_MINUTE: '5',
  })
  const unused = () => Promise.reject(new Error('not part of these tests'))
  const operations = operationHandlers(
    {
      sql,
      config,
      clock: Date.now,
      newId: randomUUID,
      bus: { publish: async () => undefined, subscribe: () => () => undefined, ask: unused, serve: () => undefined },
      agents: { readAll: async () => [], read: unused, save: unused, remove: unused, see: unused },
    },
    {
      views: { composeDesk: unused, composeBoard: async () => ({ at: 0, queues: [], callers: [], agents: [] }) },
      ledger: { record: () => undefined },
      trunks: { changed: async () => undefined, registrations: async () => new Map() },
      forceSignOut: unused,
      refreshRouting: unused,
      whyNow: async () => null,
      refreshQueues: unused,
      endSession: () => undefined,
      endUser: () => undefined,
    },
  )
  const { http } = createHttpServer({
    config,
    log: pino({ level: 'silent' }),
    operations,
    run: unused,
    callerOfCookie: createCallerOfCookie({ sql, config, clock: Date.now }),
    metrics: createMetrics('test', {
      ...{ calls: () => 0, pages: () => 0, unwritten: () => 0 },
      ...{ registered: () => new Map(), refused: () => new Map() },
      legs: () => ({ alive: [], ended: [], illegal: [] }),
      waitErrors: async () => new Map(),
      drift: async () => new Map(),
    }),
    streams: () => undefined,
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return http
}

async function addUser(sql: Sql, login: string, role: Role, passwordHash: string): Promise<void> {
  const standard = { language: 'en' as const, active: true, extension: null, queues: [], skills: [] }
  unwrap(await createUser(sql, { ...standard, id: UserId.parse(randomUUID()), login, name: login, role, passwordHash }))
}
