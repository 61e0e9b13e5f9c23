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

const REFUSED_RETRY_MS = 2000
const refusedListeners = new Set<() => void>()

/** Called when the server does not let this session's socket in. */
export function onConnectionRefused(listener: () => void): () => void {
  refusedListeners.add(listener)
  return () => refusedListeners.delete(listener)
}

// A refusal by the server's gate ends socket.io's own attempts, unlike a lost network.
socket.on('connect_error', (error) => {
  if (socket.active) return
  if (error.message === 'not_signed_in') for (const listener of refusedListeners) listener()
  else setTimeout(() => socket.connect(), REFUSED_RETRY_MS)
})

export function openConnection(csrfToken: string): void {
  socket.auth = { csrfToken }
  if (!socket.active) socket.connect()
}

export function closeConnection(): void {
  socket.disconnect()
}
