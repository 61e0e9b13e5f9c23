import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { appGone } from '../core/app-gone.ts'
import type { Core } from '../core/core.ts'
import { hostPort } from '../message/uri.ts'
import type { Endpoint } from '../transport/flow.ts'
import { AppConnection } from './app-connection.ts'
import { type Command, type CommandFrame, readCommand } from './command.ts'
import { ping } from './commands/ping.ts'
import { proxy } from './commands/proxy.ts'
import { removeRoute } from './commands/remove-route.ts'
import { route } from './commands/route.ts'
import { sip } from './commands/sip.ts'
import { FrameReader } from './frame.ts'

/** What `authenticate` answers as server version; clients read `v<major>.<minor>.<patch>`. */
const version = 'v0.9.10-ringdown'

const commands: Readonly<Record<string, Command>> = { ping, route, remove_route: removeRoute, sip, proxy }

/** The admin port that applications connect to. */
export class AppServer implements AsyncDisposable {
  readonly local: Endpoint
  private readonly apps: ReadonlySet<AppConnection>
  private readonly close: () => Promise<void>

  private constructor(local: Endpoint, apps: ReadonlySet<AppConnection>, close: () => Promise<void>) {
    this.local = local
    this.apps = apps
    this.close = close
  }

  /** Applications connected at present. */
  get size(): number {
    return this.apps.size
  }

  /** Listens. Rejects when the port is taken. */
  static async listen(core: Core, address: Endpoint, secret: string): Promise<AppServer> {
    const apps = new Set<AppConnection>()
    const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 45_000 }, (socket) => {
      const app = new AppConnection(socket)
      apps.add(app)
      serve(core, socket, app, secret, () => {
        apps.delete(app)
        appGone(core, app)
      })
    })
    core.metrics.watchApps(() => apps.size)
    server.listen({ host: address.host, port: address.port })
    await once(server, 'listening')
    const bound = server.address()
    if (bound === null || typeof bound === 'string') throw new Error('the admin port has no address')
    return new AppServer({ host: bound.address, port: bound.port }, apps, async () => {
      const closed = once(server, 'close')
      server.close()
      for (const app of apps) app.destroy()
      await closed
    })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

function serve(core: Core, socket: Socket, app: AppConnection, secret: string, gone: () => void): void {
  const reader = new FrameReader()
  socket.on('data', (chunk) => {
    try {
      for (const payload of reader.push(chunk)) {
        if (!app.open || handle(core, app, payload, secret) === 'end') return app.end()
      }
    } catch (error) {
      // No frame, or a mistake of ours: either way this connection can not be trusted any more, the others can.
      core.log.error({ app: app.remote, err: error }, 'application frame not handled')
      app.destroy()
    }
  })
  socket.on('error', (error) => core.log.debug({ app: app.remote, error: error.message }, 'application connection'))
  socket.on('close', () => {
    core.log.info({ app: app.remote }, 'application gone')
    gone()
  })
}

function handle(core: Core, app: AppConnection, payload: Buffer, secret: string): 'end' | undefined {
  const command = readCommand(payload)
  if (!command) return 'end'
  const { name, frame } = command
  if (name === 'authenticate') return authenticate(core, app, frame, secret)
  if (!app.authenticated) {
    app.reply(frame.id, 'NO|not authenticated')
    return 'end'
  }
  const known = commands[name]
  if (known) return known(core, app, frame)
  app.reply(frame.id, 'NO|Unknown message type')
  return 'end'
}

/** `id|authenticate|<secret>|<tag,tag>` (wire protocol, section 4.1). */
function authenticate(core: Core, app: AppConnection, frame: CommandFrame, secret: string): 'end' | undefined {
  const [given = '', tags = ''] = frame.tokens
  if (!equal(Buffer.from(given, 'latin1'), Buffer.from(secret))) {
    core.log.warn({ app: app.remote }, 'application with a wrong secret')
    app.reply(frame.id, 'NO|incorrect secret')
    return 'end'
  }
  app.authenticated = true
  app.tags = tags.split(',').filter((tag) => tag !== '')
  const { listeners } = core.transports
  const addresses = (which: 'advertised' | 'local') =>
    listeners
      .map((listener) => `${listener.protocol}/${hostPort(listener[which].host, listener[which].port)}`)
      .join(',')
  app.reply(frame.id, `OK|${addresses('advertised')}|${version}|${addresses('local')}`)
  core.log.info({ app: app.remote, tags: app.tags }, 'application connected')
  return undefined
}

/** In constant time, whatever the lengths. */
function equal(a: Buffer, b: Buffer): boolean {
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
  return timingSafeEqual(digest(a), digest(b))
}
