import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@ringdown/db/embedded'
import { type Sql, TestDatabase } from '@ringdown/db/postgres'
import { createTestRedis } from '@ringdown/db/redis/testing'
import { Api } from './api.ts'
import { BrowserAgent, type BrowserOptions } from './browser-agent.ts'
import { Caller, type CallerOptions } from './caller.ts'
import { DeskSocket } from './desk-socket.ts'
import { LedgerReader } from './ledger.ts'
import { PhoneAgent } from './phone-agent.ts'
import { type PersonName, password, type QueueRules, type Scene, setScene } from './scene.ts'
import { type ServerOptions, ServerProcess } from './server-process.ts'
import { type Ground, gateway, mediaServer, recordingDir, sipServer, workers } from './settings.ts'
import { until } from './until.ts'

export type DeskOptions = {
  /** How many gateways share the calls. */
  gateways?: number
  /** Added to the environment of every process. */
  env?: Record<string, string>
  /** Of every queue, where they differ from the usual ones. */
  rules?: QueueRules
}

/** What the servers say of themselves when they are ready. */
type SipReady = {
  listeners: { protocol: string; host: string; port: number }[]
  admin: { port: number }
  ops?: { port: number }
}
type MediaReady = { rpcPort: number }

/**
 * A whole Ringdown of child processes with a database, Redis keys and a data folder of its own:
 * `await using desk = await Desk.start()`.
 */
export class Desk implements AsyncDisposable {
  readonly scene: Scene
  readonly ledger: LedgerReader
  readonly sql: Sql
  /** `host:port` that callers dial, UDP. */
  readonly sipServer: string
  readonly gateways: readonly ServerProcess[]
  readonly recordingDir: string
  readonly #processes: readonly ServerProcess[]
  readonly #origins: readonly string[]
  readonly #stack: AsyncDisposableStack
  readonly #ground: Ground
  #sip: ServerProcess
  #media: ServerProcess

  static async start({ gateways = 1, env = {}, rules = {} }: DeskOptions = {}): Promise<Desk> {
    await using stack = new AsyncDisposableStack()
    const db = stack.use(await TestDatabase.create())
    const redis = stack.use(createTestRedis())
    const dataDir = await mkdtemp(join(tmpdir(), 'ringdown-desk-'))
    stack.defer(() => rm(dataDir, { recursive: true, force: true }))
    await mkdir(recordingDir(dataDir))
    const ground: Ground = {
      ...{ databaseUrl: db.url, redisUrl: redis.url, redisPrefix: redis.prefix, dataDir, overrides: env },
    }
    const [scene, sip, media] = await Promise.all([
      setScene(db.sql, rules),
      ServerProcess.start(sipServer(ground)),
      ServerProcess.start(mediaServer(ground)),
    ])
    const places = await Promise.all(Array.from({ length: gateways }, (_, i) => gatewayPlace(i, sip, media)))
    const [work, ...fronts] = await Promise.all([
      ServerProcess.start(workers(ground)),
      ...places.map((place) => ServerProcess.start(gateway(ground, place))),
    ])
    for (const process of [sip, media, work, ...fronts]) stack.use(process)
    const origins = places.map(({ httpPort }) => `http://127.0.0.1:${httpPort}`)
    return new Desk({ scene, sql: db.sql, sip, media, work, fronts, origins, ground, stack: stack.move() })
  }

  private constructor(parts: {
    scene: Scene
    sql: Sql
    sip: ServerProcess
    media: ServerProcess
    work: ServerProcess
    fronts: ServerProcess[]
    origins: string[]
    ground: Ground
    stack: AsyncDisposableStack
  }) {
    const { sip, media, work, fronts } = parts
    this.scene = parts.scene
    this.sql = parts.sql
    this.ledger = new LedgerReader(parts.sql)
    this.sipServer = udpAddress(sip)
    this.gateways = fronts
    this.recordingDir = recordingDir(parts.ground.dataDir)
    this.#ground = parts.ground
    this.#sip = sip
    this.#media = media
    this.#processes = [...fronts, work]
    this.#origins = parts.origins
    this.#stack = parts.stack
  }

  /** The web address of a gateway, by its place from 0. */
  origin(place = 0): string {
    const origin = this.#origins[place]
    if (!origin) throw new Error(`there is no gateway ${place}`)
    return origin
  }

  /** A signed-in REST client. */
  api(name: PersonName, place = 0): Promise<Api> {
    return Api.signIn(this.origin(place), this.scene.users[name].login, password)
  }

  /** A signed-in page's socket. */
  async socket(name: PersonName, place = 0): Promise<DeskSocket> {
    return DeskSocket.open(await this.api(name, place))
  }

  /** Somebody calls. */
  caller(options: CallerOptions = {}): Promise<Caller> {
    return Caller.start(this.sipServer, options)
  }

  /** An agent at a registered SIP phone, available. */
  async phoneAgent(name: 'alice' | 'bob', place = 0): Promise<PhoneAgent> {
    const { extension } = this.scene.users[name]
    return PhoneAgent.start(await this.api(name, place), extension ?? '', this.sipServer)
  }

  /** An agent or supervisor at a real browser, signed in. */
  async browser(name: PersonName, options: BrowserOptions = {}, place = 0): Promise<BrowserAgent> {
    return BrowserAgent.start(await this.api(name, place), this.scene.users[name].login, options)
  }

  /** `kill -9` for the media server; a new one takes its place, as the start command would see to. */
  async restartMediaServer(): Promise<void> {
    const { rpcPort } = this.#media.ready as MediaReady
    this.#media = await this.#replace(this.#media, {
      ...mediaServer(this.#ground),
      ports: { RINGDOWN_MEDIA_RPC_PORT: String(rpcPort) },
    })
  }

  /** The same for the SIP server: its dialogs are gone with it. */
  async restartSipServer(): Promise<void> {
    const { admin } = this.#sip.ready as SipReady
    this.#sip = await this.#replace(this.#sip, {
      ...sipServer(this.#ground),
      ports: { RINGDOWN_SIP_LISTEN: `udp:${this.sipServer}`, RINGDOWN_SIP_ADMIN_PORT: String(admin.port) },
    })
  }

  async #replace(old: ServerProcess, { ports, env, ...same }: ServerOptions & { ports: Record<string, string> }) {
    await old.crash()
    return this.#stack.use(await ServerProcess.start({ ...same, env: { ...env, ...ports } }))
  }

  /** Asserts of every queue: offered = answered + abandoned + flowed out + waiting. */
  balance(): Promise<void> {
    return this.ledger.balance()
  }

  /** What the processes logged since an instant. */
  printedLogs(sinceAt = 0): string {
    return [this.#sip, this.#media, ...this.#processes]
      .map((each) => `── ${each.name} ──\n${each.printedLog(sinceAt)}`)
      .join('\n')
  }

  /** When all callers are gone, every contact must have ended and every queue must be empty and balanced. */
  async [Symbol.asyncDispose](): Promise<void> {
    await using _ = this.#stack
    const alive = () => this.ledger.alive()
    await until('the end of every contact', async () => (await alive()).length === 0, { withinMs: 15_000, seen: alive })
    await this.ledger.balance({ nobodyWaits: true })
  }
}

async function gatewayPlace(place: number, sip: ServerProcess, media: ServerProcess) {
  const { admin, ops } = sip.ready as SipReady
  const { rpcPort } = media.ready as MediaReady
  return {
    ...{ id: `gateway-${place + 1}`, httpPort: await freePort() },
    ...{ drachtioPort: admin.port, mediaPort: rpcPort, sipOpsPort: ops?.port },
  }
}

function udpAddress(sip: ServerProcess): string {
  const { listeners } = sip.ready as SipReady
  const udp = listeners.find(({ protocol }) => protocol === 'udp')
  if (!udp) throw new Error(`the SIP server does not listen on UDP: ${JSON.stringify(listeners)}`)
  return `${udp.host}:${udp.port}`
}
