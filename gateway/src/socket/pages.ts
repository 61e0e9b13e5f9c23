import type { ServerEvent } from '@ringdown/core/contract'
import type { UserId } from '@ringdown/core/kernel'
import type { TellPages } from '../agents/headsets.ts'
import { type DeskServer, rooms } from './desk-socket.ts'

/** The pages of users on this gateway, for parts that are there before the socket server is. */
export type Pages = {
  tell: TellPages
  /** Closes the pages of one browser session, with the reason they show. */
  endSession(sessionId: string): void
  /** Closes all pages of a user. */
  endUser(userId: UserId): void
  open(io: DeskServer): void
  readonly count: number
}

export function createPages(): Pages {
  let server: DeskServer | undefined
  const end = (room: string, reason: ServerEvent<'session:ended'>['reason']) => {
    server?.to(room).emit('session:ended', { reason })
    server?.in(room).disconnectSockets(true)
  }
  return {
    tell: (userId, event, view) => {
      // Narrowed by event in TellPages; socket.io's overloads can't follow a generic name.
      server?.to(rooms.user(userId)).emit(event as 'headset:state', view as ServerEvent<'headset:state'>)
    },
    endSession: (sessionId) => end(rooms.session(sessionId), 'signed_out'),
    endUser: (userId) => end(rooms.user(userId), 'forced'),
    open: (io) => {
      server = io
    },
    get count() {
      return server?.sockets.sockets.size ?? 0
    },
  }
}
