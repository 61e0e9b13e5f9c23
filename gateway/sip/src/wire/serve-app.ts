import { createHash, timingSafeEqual } from 'node:crypto'
import type { Socket } from 'node:net'
import { appGone } from '../core/app-gone.ts'
import type { Core } from '../core/core.ts'
import { hostPort } from '../message/uri.ts'
import { AppConnection } from './app-connection.ts'
import { type Command, type CommandFrame, readCommand } from './command.ts'
import { adopt } from './commands/adopt.ts'
import { group } from './commands/group.ts'
import { orphans } from './commands/orphans.ts'
import { ping } from './commands/ping.ts'
import { proxy } from './commands/proxy.ts'
import { removeRoute } from './commands/remove-route.ts'
import { route } from './commands/route.ts'
import { sip } from './commands/sip.ts'
import { FrameReader } from './frame.ts'

/**
 * What `authenticate` answers as server version; clients read `v<major>.<minor>.<patch>`. `adopt` announces the commands
 * group, orphans and adopt, which drachtio-server does not have.
 */
const version = 'v0.9.10-ringdown+adopt'

const commands: Readonly<Record<string, Command>> = {
  ping,
  route,
  remove_route: removeRoute,
  sip,
  proxy,
  group,
  orphans,
  adopt,
}

/** Applications connected at present, whoever connected to whom, and the secret that they share with us. */
export class Apps implements Iterable<AppConnection>, Disposable {
  readonly secret: string
  private readonly connections = new Set<AppConnection>()

  constructor(secret: string) {
    this.secret = secret
  }

  get size(): number {
    return this.connections.size
  }

  add(app: AppConnection): void {
    this.connections.add(app)
  }

  delete(app: AppConnection): void {
    this.connections.delete(app)
  }

  [Symbol.iterator](): Iterator<AppConnection> {
    return this.connections.values()
  }

  [Symbol.dispose](): void {
    for (const app of this.connections) app.destroy()
  }
}

export type AppEvents = {
  authenticated?(app: AppConnection): void
  gone?(): void
}

/** Talks with the application at the other end of a connection, from `authenticate` on, until it is gone. */
export function serveApp(core: Core, socket: Socket, events: AppEvents = {}): void {
  const app = new AppConnection(socket)
  core.apps.add(app)
  const reader = new FrameReader()
  socket.on('data', (chunk) => {
    try {
      for (const payload of reader.push(chunk)) {
        if (!app.open || handle(core, app, payload, events) === 'end') return app.end()
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
    core.apps.delete(app)
    appGone(core, app)
    events.gone?.()
  })
}

function handle(core: Core, app: AppConnection, payload: Buffer, events: AppEvents): 'end' | undefined {
  const command = readCommand(payload)
  if (!command) return 'end'
  const { name, frame } = command
  if (name === 'authenticate') {
    if (authenticate(core, app, frame) === 'end') return 'end'
    events.authenticated?.(app)
    return undefined
  }
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
function authenticate(core: Core, app: AppConnection, frame: CommandFrame): 'end' | undefined {
  const [given = '', tags = ''] = frame.tokens
  if (!equal(Buffer.from(given, 'latin1'), Buffer.from(core.apps.secret))) {
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
