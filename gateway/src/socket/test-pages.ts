import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CommandName, DeskView } from '@ringdown/core/contract'
import { ok, UserId } from '@ringdown/core/kernel'
import { pino } from 'pino'
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only; it comes with the package of the tests
import { io, type Socket } from 'socket.io-client'
import type { Caller } from '../http/caller.ts'
import type { DeskServer } from './desk-socket.ts'
import type { SocketLimits } from './limits.ts'
import { openSocketServer } from './server.ts'

const PLENTY = { burst: 1000, perSecond: 1000 }
const empty: DeskView = { version: 0, agent: null, offer: null, call: null, wrapUp: null, now: 0 }
export const emptyViews = {
  composeDesk: async () => empty,
  composeBoard: async () => ({ at: 0, queues: [], callers: [], agents: [] }),
}

/** Sockets without the rest of a gateway: whoever comes with an id as his cookie is that user. Its clock stands still unless told. */
export class TestPages implements AsyncDisposable {
  now = 1_000
  readonly ran: CommandName[] = []
  lookedUp = 0
  readonly server: DeskServer
  readonly #http = createServer()
  readonly #pages: Socket[] = []

  /** With every limit wide but those given. */
  static async serve(limits: Partial<SocketLimits> = {}): Promise<TestPages> {
    const pages = new TestPages(limits)
    pages.#http.listen(0, '127.0.0.1')
    await once(pages.#http, 'listening')
    return pages
  }

  private constructor(limits: Partial<SocketLimits>) {
    this.server = openSocketServer({
      http: this.#http,
      callerOfCookie: async (cookie) => {
        this.lookedUp++
        return cookie ? callerOf(UserId.parse(cookie)) : undefined
      },
      run: async (name) => {
        this.ran.push(name)
        return ok({})
      },
      views: emptyViews,
      presence: { pageOpened: () => undefined, pageClosed: () => undefined },
      log: pino({ level: 'silent' }),
      clock: () => this.now,
      limits: { attempts: PLENTY, connections: PLENTY, commands: PLENTY, ...limits },
      addressOf: ({ socket }) => socket.remoteAddress ?? '',
    })
  }

  /** A page connects. Rejects with the refusal of the handshake. */
  async page(userId: UserId | undefined): Promise<Socket> {
    const { port } = this.#http.address() as AddressInfo
    const socket = io(`http://127.0.0.1:${port}`, {
      ...{ transports: ['websocket'], forceNew: true, reconnection: false },
      ...(userId && { extraHeaders: { cookie: userId } }),
    })
    this.#pages.push(socket)
    await new Promise<void>((connected, refused) => {
      socket.once('connect', connected)
      socket.once('connect_error', refused)
    })
    return socket
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const page of this.#pages) page.disconnect()
    await this.server.close()
  }
}

/** His session has the id of the user. */
const callerOf = (userId: UserId): Caller => ({
  ...{ userId, name: 'somebody', role: 'supervisor' },
  ...{ sessionId: userId, token: userId, csrfToken: userId },
})
