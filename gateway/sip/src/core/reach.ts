import { parseSipUri, type SipUri } from '../message/uri.ts'
import type { Flow } from '../transport/flow.ts'
import type { Listener } from '../transport/listener.ts'
import type { Target } from '../transport/resolve.ts'
import type { Core } from './core.ts'

/** How a next hop can be reached; `refused` is text for the application, `unresolved` becomes a 503 to it. */
export type Reached = { readonly flow: Flow } | { readonly refused: string } | { readonly unresolved: Listener }

/** Finds the way to a next-hop URI. Calls back at once for IP addresses, later for names. */
export function reach(core: Core, nextHop: string, use: (reached: Reached) => void): void {
  const uri = parseSipUri(nextHop)
  if (!uri) {
    use({ refused: `invalid uri ${nextHop}` })
    return
  }
  const registered = core.registered.find(uri)
  if (registered) {
    use({ flow: registered })
    return
  }
  const literal = core.resolver.literal(uri)
  if (literal) {
    use(towards(core, literal, uri))
    return
  }
  core.resolver.lookUp(uri).then(
    (targets) => use(firstReachable(core, uri, targets)),
    () => use(unresolved(core)),
  )
}

function firstReachable(core: Core, uri: SipUri, targets: readonly Target[]): Reached {
  const target = targets.find((candidate) => core.transports.choose(candidate) !== undefined) ?? targets[0]
  if (!target) return { refused: `no address for ${uri.host}` }
  return towards(core, target, uri)
}

function towards(core: Core, target: Target, uri: SipUri): Reached {
  const listener = core.transports.choose(target)
  if (!listener) return { refused: 'requested protocol/transport not available' }
  if (core.transports.isOwn(target)) return { refused: 'can not send request to myself' }
  const flow = listener.flowTo({ host: target.host, port: target.port }, uri.host)
  return flow ? { flow } : { refused: `no connection to ${uri.host}` }
}

function unresolved(core: Core): Reached {
  const listener = core.transports.listeners[0]
  return listener ? { unresolved: listener } : { refused: 'requested protocol/transport not available' }
}
