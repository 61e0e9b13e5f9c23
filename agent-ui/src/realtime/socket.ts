import type { ClientToServerEvents, ServerToClientEvents } from '@ringdown/core/contract'
import { io, type Socket } from 'socket.io-client'

export type DeskSocket = Socket<ServerToClientEvents, ClientToServerEvents>

/** The one live connection of this page; opened when somebody is signed in. Same origin, session by cookie. */
export const socket: DeskSocket = io({
  autoConnect: false,
  transports: ['websocket', 'polling'],
  reconnectionDelay: 300,
  reconnectionDelayMax: 3000,
})

export function openConnection(csrfToken: string): void {
  socket.auth = { csrfToken }
  if (!socket.active) socket.connect()
}

export function closeConnection(): void {
  socket.disconnect()
}
