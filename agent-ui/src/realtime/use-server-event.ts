import type { ServerEvent, ServerEventName } from '@ringdown/core/contract'
import { useEffect, useEffectEvent } from 'react'
import { socket } from './socket.ts'

type Untyped = {
  on(name: string, listener: (view: never) => void): unknown
  off(name: string, listener: (view: never) => void): unknown
}

/** Listens to one server event until the returned function is called. */
export function onServerEvent<K extends ServerEventName>(name: K, listener: (view: ServerEvent<K>) => void) {
  // @NOTE socket.io types listeners by a conditional type that a generic name cannot resolve.
  const untyped = socket as unknown as Untyped
  untyped.on(name, listener)
  return () => {
    untyped.off(name, listener)
  }
}

/** Listens while the component lives; always calls the newest listener. */
export function useServerEvent<K extends ServerEventName>(name: K, listener: (view: ServerEvent<K>) => void): void {
  const newest = useEffectEvent(listener)
  useEffect(() => onServerEvent(name, (view) => newest(view)), [name])
}
