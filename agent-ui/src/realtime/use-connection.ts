import { useSyncExternalStore } from 'react'
import { socket } from './socket.ts'

/** `off`: nobody is signed in; `lost`: trying to come back. */
export type ConnectionState = 'off' | 'connected' | 'lost'

function subscribe(listener: () => void): () => void {
  socket.on('connect', listener)
  socket.on('disconnect', listener)
  socket.on('connect_error', listener)
  return () => {
    socket.off('connect', listener)
    socket.off('disconnect', listener)
    socket.off('connect_error', listener)
  }
}

const read = (): ConnectionState => (socket.connected ? 'connected' : socket.active ? 'lost' : 'off')

export const useConnection = (): ConnectionState => useSyncExternalStore(subscribe, read)

/** Runs at once if connected, and at every (re)connection. Returns how to stop. */
export function onConnected(listener: () => void): () => void {
  if (socket.connected) listener()
  socket.on('connect', listener)
  return () => {
    socket.off('connect', listener)
  }
}
