import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Queue } from '@ringdown/core/acd'
import type { CommandInput, CommandName, CommandOutput, User } from '@ringdown/core/contract'
import type { ContactEvent, ContactEventType } from '@ringdown/core/events'
import { type ContactId, type Result, unwrap } from '@ringdown/core/kernel'
import {
  connect,
  createFlow,
  listContactEvents,
  publishFlow,
  queueBalance,
  routeNumber,
  type Sql,
} from '@ringdown/db/postgres'
import { TestDatabase } from '@ringdown/db/postgres/testing'
import { redisKeys } from '@ringdown/db/redis'
import { createTestRedis } from '@ringdown/db/redis/testing'
import demo from '@ringdown/ivr/flows/demo' with { type: 'json' }
import type { MediaServer } from '@ringdown/media'
import type { SipServer } from '@ringdown/sip'
import { pino } from 'pino'
import { openRouting, type Routing } from '../../gateway/src/acd/open-routing.ts'
import { type Calls, openCalls } from '../../gateway/src/calls/open-calls.ts'
import type { Actor, CommandHandlers, Refusal } from '../../gateway/src/commands/handlers.ts'
import { readConfig } from '../../gateway/src/config.ts'
import type { Foundation } from '../../gateway/src/foundation.ts'
import { lateEvents } from '../../gateway/src/ledger/late-events.ts'
import { openLedger } from '../../gateway/src/ledger/ledger.ts'
import { openFoundation } from '../../gateway/src/open-foundation.ts'
import { phoneBindings } from '../../gateway/src/sip/phone-bindings.ts'
import { aQueue, aTrunk, aUser } from '../factories/index.ts'
import { Phone, type PhoneOptions } from '../sip/index.ts'
import { writeTestPrompts } from './prompts.ts'
import { mediaSecret, type Restartable, restartableMedia, restartableSip, sipSecret } from './servers.ts'
import { until } from './until.ts'

export const sipPassword = 'a phone password'

type Parts = Pick<
  Switchboard,
  'sql' | 'foundation' | 'routing' | 'calls' | 'server' | 'recordingDir' | 'queues' | 'sip' | 'media'
>

/** An agent with a registered SIP phone. */
export type PhoneAgent = AsyncDisposable & { user: User; actor: Actor; phone: Phone }

/** SIP server, media server and call control in this process, on a database and a Redis of their own: all but the pages. */
export class Switchboard implements AsyncDisposable {
  readonly sql: Sql
  readonly foundation: Foundation
  readonly routing: Routing
  readonly calls: Calls
  readonly server: string
  readonly recordingDir: string
  readonly queues: Readonly<Record<'after-sales' | 'sales' | 'complaints' | 'operator', Queue>>
  readonly sip: Restartable<SipServer>
  readonly media: Restartable<MediaServer>
  readonly #stack: AsyncDisposableStack

  private constructor(parts: Parts, stack: AsyncDisposableStack) {
    this.sql = parts.sql
    this.foundation = parts.foundation
    this.routing = parts.routing
    this.calls = parts.calls
    this.server = parts.server
    this.recordingDir = parts.recordingDir
    this.queues = parts.queues
    this.sip = parts.sip
    this.media = parts.media
    this.#stack = stack
  }

  /**
   * @param rules of every queue, where they differ from quick ones
   * @param settings of the gateway, likewise
   */
  static async start(rules: Partial<Queue> = {}, settings: Record<string, string> = {}): Promise<Switchboard> {
    await using stack = new AsyncDisposableStack()
    const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'ringdown-calls-')), (path) =>
      rm(path, { recursive: true, force: true }),
    )
    const promptDir = join(folder, 'prompts')
    const recordingDir = join(folder, 'recordings')
    await writeTestPrompts(promptDir)
    const database = stack.use(await TestDatabase.create())
    const redis = stack.use(createTestRedis())
    const sip = stack.use(await restartableSip())
    const media = stack.use(await restartableMedia({ promptDir, recordingDir }))
    const config = readConfig({
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      RINGDOWN_REDIS_PREFIX: redis.prefix,
      DRACHTIO_URL: `drachtio://:${encodeURIComponent(sipSecret)}@127.0.0.1:${sip.current.admin.port}`,
      MEDIA_URL: `media://:${encodeURIComponent(mediaSecret)}@127.0.0.1:${media.current.rpcPort}`,
      RINGDOWN_SESSION_SECRET: 'a session secret of the tests',
      RINGDOWN_RECORDING_DIR: recordingDir,
      RINGDOWN_PROMPT_DIR: promptDir,
      RINGDOWN_GATEWAY_ID: 'gateway-1',
      RINGDOWN_SIP_CAPTURE_URL: `http://127.0.0.1:${sip.current.ops?.port}`,
      // Whoever falls silent is given up soon.
      RINGDOWN_CALLER_SILENT_MS: '2000',
      RINGDOWN_STRANDED_SILENT_MS: '2500',
      ...settings,
    })
    const queues = await furnish(database.sql, rules)
    const log = pino({ level: process.env.RINGDOWN_TEST_LOG ?? 'silent' })
    const foundation = await openFoundation(config, log, stack)
    const late = lateEvents({ ...foundation, gatewayId: config.gatewayId, kind: 'contact' })
    const ledger = stack.use(openLedger({ ...foundation, late }))
    const phones = phoneBindings(foundation.redis, redisKeys(redis.prefix).phone)
    const phoneOf = async (id: User['id']) => (await phones.find(id))?.contact ?? null
    const routing = stack.use(openRouting({ ...foundation, ledger, tellPages: () => undefined, phoneOf }))
    const calls = stack.use(await openCalls({ ...foundation, ledger, routing, phones }))
    const server = `127.0.0.1:${sip.current.listeners[0]?.port}`
    const parts = { sql: database.sql, foundation, routing, calls, server, recordingDir, queues, sip, media }
    return new Switchboard(parts, stack.move())
  }

  /** A customer's phone. */
  caller(options: Partial<PhoneOptions> = {}): Promise<Phone> {
    return Phone.start({ user: '13900138000', server: this.server, ...options })
  }

  /** An agent of all queues, available on a registered SIP phone. */
  async agent(extension: string, { available = true } = {}): Promise<PhoneAgent> {
    const queues = Object.values(this.queues).map(({ id }) => id)
    const user = await aUser(this.sql, { extension, sipPassword, queues })
    const phone = await Phone.start({ user: extension, password: sipPassword, server: this.server, domain: 'ringdown' })
    await phone.register()
    const { agents } = this.routing
    unwrap(await agents.signIn(user.id, 'sip'))
    if (available) unwrap(await agents.chooseStatus(user.id, { status: 'available' }))
    const actor: Actor = { userId: user.id, name: user.name, role: 'agent' }
    return { user, actor, phone, [Symbol.asyncDispose]: () => phone[Symbol.asyncDispose]() }
  }

  /** Runs a command as an agent's page would. */
  as<K extends CommandName>(
    actor: Actor,
    command: K,
    input: CommandInput<K>,
  ): Promise<Result<CommandOutput<K>, Refusal>> {
    const handler = (this.calls.handlers as Partial<CommandHandlers>)[command]
    if (!handler) throw new Error(`call control has no command ${command}`)
    return handler(actor, input) as Promise<Result<CommandOutput<K>, Refusal>>
  }

  /** The ledger of the only contact there is, or of one. */
  async events(contactId?: ContactId): Promise<ContactEvent[]> {
    const id =
      contactId ??
      (await this.sql<{ id: ContactId }[]>`select id from contacts order by started_at desc limit 1`)[0]?.id
    return id === undefined ? [] : listContactEvents(this.sql, id)
  }

  /** Waits for an event of the last contact (the nth of its kind) and gives it. */
  async happened<T extends ContactEventType>(
    type: T,
    { nth = 1, withinMs = 8000 } = {},
  ): Promise<Extract<ContactEvent, { type: T }>> {
    const found = async () => (await this.events()).filter((event) => event.type === type)[nth - 1]
    return until(found, `${type} (${nth})`, withinMs, async () =>
      (await this.events()).map((e) => e.type).join(', '),
    ) as never
  }

  /** Takes the database away from everybody. @returns gives it back */
  async loseDatabase(): Promise<() => Promise<void>> {
    const server = connect(process.env.RINGDOWN_TEST_DATABASE_URL ?? '', { applicationName: 'outage', max: 1 })
    const name = new URL(this.foundation.config.databaseUrl).pathname.slice(1)
    await server`alter database ${server(name)} with allow_connections false`
    await server`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
    return async () => {
      await server`alter database ${server(name)} with allow_connections true`
      await server.end()
    }
  }

  /** Of all queues: must be 0 at any time. */
  async drift(): Promise<number> {
    const balances = await Promise.all(
      Object.values(this.queues).map(({ id }) => queueBalance(this.sql, id, 0, Date.now() + 1000)),
    )
    return balances.reduce(
      (sum, b) => sum + Math.abs(b.offered - b.answered - b.abandoned - b.flowedOut - b.waiting),
      0,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }
}

async function furnish(sql: Sql, rules: Partial<Queue>): Promise<Switchboard['queues']> {
  const quick = { offerMs: 3000, wrapUpMs: 60_000, shortAbandonMs: 200, survey: false, ...rules }
  const made = async (key: string) => aQueue(sql, { ...quick, key })
  const [afterSales, sales, complaints, operator] = await Promise.all(
    ['after-sales', 'sales', 'complaints', 'operator'].map(made),
  )
  const flowId = await createFlow(sql, 'demo')
  await publishFlow(sql, flowId, demo, null)
  await routeNumber(sql, '4000', flowId)
  await aTrunk(sql)
  return {
    'after-sales': afterSales as Queue,
    sales: sales as Queue,
    complaints: complaints as Queue,
    operator: operator as Queue,
  }
}
