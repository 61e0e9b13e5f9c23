import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { UserId } from '@ringdown/core/kernel'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import type { RunCommand } from '../commands/run-command.ts'
import type { Caller } from '../http/caller.ts'
import { mayActAs } from '../policies/roles.ts'
import { bind } from './bind.ts'
import { type DeskServer, type DeskSocket, rooms } from './desk-socket.ts'
import { createSocketGate, type SocketLimits } from './limits.ts'
import type { Views } from './publish.ts'

export type Presence = {
  /** A page of the user is connected to this gateway. */
  pageOpened(userId: UserId): void
  /** His last page on this gateway went away: the grace time begins. */
  pageClosed(userId: UserId): void
}

export type SocketServerParts = {
  http: HttpServer
  /** Who the cookie belongs to; the same look-up as HTTP's. */
  callerOfCookie(cookie: string | undefined): Promise<Caller | undefined>
  run: RunCommand
  views: Views
  presence: Presence
  log: Logger
  clock: () => number
  limits: SocketLimits
  /** Where a request came from, seen through trusted proxies. */
  addressOf(request: IncomingMessage): string
}

/** The socket of the pages: signed-in browsers of our own origin only. */
export function openSocketServer(parts: SocketServerParts): DeskServer {
  const { http, callerOfCookie, log } = parts
  const gate = createSocketGate(parts.limits, parts.clock)
  const io: DeskServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: 256 * 1024,
    pingInterval: 5_000,
    pingTimeout: 5_000,
    // Who was refused does not stay.
    connectTimeout: 5_000,
    allowRequest: (req, answer) => answer(null, sameOrigin(req.headers.origin, req.headers.host)),
  })
  io.use(async (socket, next) => {
    try {
      const tooOften = gate.attempt(parts.addressOf(socket.request))
      if (tooOften) return next(tooOften)
      const caller = await callerOfCookie(socket.handshake.headers.cookie)
      if (!caller) return next(Object.assign(new Error('not_signed_in'), { data: { code: 'not_signed_in' } }))
      socket.data = { caller }
      next(gate.connection(caller.userId))
    } catch (error) {
      log.error({ err: error }, 'a socket could not be admitted')
      next(Object.assign(new Error('unavailable'), { data: { code: 'unavailable' } }))
    }
  })
  io.on('connection', (socket) => {
    gate.guard(socket)
    welcome(io, socket, parts)
  })
  return io
}

function welcome(
  io: DeskServer,
  socket: DeskSocket,
  parts: Pick<SocketServerParts, 'run' | 'views' | 'presence' | 'log'>,
): void {
  const { caller } = socket.data
  const room = rooms.user(caller.userId)
  void socket.join([room, rooms.session(caller.sessionId)])
  parts.presence.pageOpened(caller.userId)
  bind(socket, parts.run)
  socket.on('board:watch', (input, reply) => {
    if (!mayActAs(caller.role, 'supervisor')) {
      return reply?.({ ok: false, error: { code: 'forbidden', message: 'This needs the role supervisor.' } })
    }
    void (input?.watch === true ? socket.join(rooms.board) : socket.leave(rooms.board))
    reply?.({ ok: true, value: {} })
    if (input?.watch === true)
      send('the board', async () => socket.emit('board:changed', await parts.views.composeBoard()))
  })
  socket.on('disconnect', () => {
    if (!io.sockets.adapter.rooms.has(room)) parts.presence.pageClosed(caller.userId)
  })
  send('the desk', async () => socket.emit('desk:changed', await parts.views.composeDesk(caller.userId)))

  function send(what: string, work: () => Promise<unknown>): void {
    work().catch((error: unknown) =>
      parts.log.error({ err: error, userId: caller.userId }, `${what} could not be sent`),
    )
  }
}

/** Browsers send Origin with a WebSocket; programs need not. Another site's page is refused. */
function sameOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}
