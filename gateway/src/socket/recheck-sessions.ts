import type { Logger } from 'pino'
import type { Caller } from '../http/caller.ts'
import type { DeskServer, DeskSocket } from './desk-socket.ts'

type Parts = {
  callerOfCookie(cookie: string | undefined): Promise<Caller | undefined>
  log: Logger
  /** How long a page may outlive its session. */
  everyMs: number
}

/**
 * Looks up the session of every page again and again: an open page keeps its session alive as a request does, and one whose
 * session ended elsewhere, by a changed password or its age, is closed. A look-up that fails closes nothing.
 */
export function recheckSessions(io: DeskServer, { callerOfCookie, log, everyMs }: Parts): Disposable {
  const check = async (socket: DeskSocket): Promise<void> => {
    if (await callerOfCookie(socket.handshake.headers.cookie)) return
    socket.emit('session:ended', { reason: 'expired' })
    socket.disconnect(true)
  }
  const timer = setInterval(() => {
    for (const socket of io.sockets.sockets.values())
      check(socket).catch((error: unknown) => log.warn({ err: error }, 'a session could not be looked up'))
  }, everyMs).unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
