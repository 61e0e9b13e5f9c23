import type { ClientToServerEvents, ServerToClientEvents } from '@ringdown/core/contract'
import type { UserId } from '@ringdown/core/kernel'
import type { Server, Socket } from 'socket.io'
import type { Caller } from '../http/caller.ts'

export type SocketData = { caller: Caller }
export type DeskServer = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>
export type DeskSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>

/** Rooms are typed strings, made only here. */
export const rooms = {
  user: (id: UserId) => `user:${id}` as const,
  session: (id: string) => `session:${id}` as const,
  board: 'board' as const,
}
