import type { ServerEvent } from '@ringdown/core/contract'
import type { TellPages } from '../agents/headsets.ts'
import { type DeskServer, rooms } from './desk-socket.ts'

/** The pages of users on this gateway, for parts that are there before the socket server is. */
export type Pages = {
  tell: TellPages
  open(io: DeskServer): void
  readonly count: number
}

export function createPages(): Pages {
  let server: DeskServer | undefined
  return {
    tell: (userId, event, view) => {
      // Narrowed by event in TellPages; socket.io's overloads can't follow a generic name.
      server?.to(rooms.user(userId)).emit(event as 'headset:state', view as ServerEvent<'headset:state'>)
    },
    open: (io) => {
      server = io
    },
    get count() {
      return server?.sockets.sockets.size ?? 0
    },
  }
}
