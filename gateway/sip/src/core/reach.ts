import { parseSipUri, type SipUri } from '../message/uri.ts'
import type { Flow } from '../transport/flow.ts'
import type { Listener } from '../transport/listener.ts'
import type { Target } from '../transport/resolve.ts'
import type { Core } from './core.ts'

/**
 * How a next hop can be reached; `refused` is text for the application, `unresolved` becomes a 503 to it. `next` says that
 * the flow has failed, and gives the way to the next address of the same name.
 */
export type Reached =
  | { readonly flow: Flow; readonly next: (() => Reached | undefined) | undefined }
  | { readonly refused: string }
  | { readonly unresolved: Listener }

/** Finds the way to a next-hop URI. Calls back at once for IP addresses, later for names. */
export function reach(core: Core, nextHop: string, use: (reached: Reached) => void): void {
  const uri = parseSipUri(nextHop)
  if (!uri) {
    use({ refused: `invalid uri ${nextHop}` })
    return
  }
  const registered = core.registered.find(uri)
  if (registered) {
    use({ flow: registered, next: undefined })
    return
  }
  const literal = core.resolver.literal(uri)
  if (literal) {
    use(towards(core, literal, uri, []))
    return
  }
  core.resolver.lookUp(uri).then(
    (targets) => use(towardsFirst(core, uri, targets) ?? unresolved(core)),
    () => use(unresolved(core)),
  )
}

/** The first of these that we have a listener for; when none, why not. Undefined without targets. */
function towardsFirst(core: Core, uri: SipUri, targets: readonly Target[]): Reached | undefined {
  let refused: Reached | undefined
  for (const [index, target] of targets.entries()) {
    const reached = towards(core, target, uri, targets.slice(index + 1))
    if ('flow' in reached) return reached
    refused ??= reached
  }
  return refused
}

function towards(core: Core, target: Target, uri: SipUri, others: readonly Target[]): Reached {
  const listener = core.transports.choose(target)
  if (!listener) return { refused: 'requested protocol/transport not available' }
  if (core.transports.isOwn(target)) return { refused: 'can not send request to myself' }
  const flow = listener.flowTo({ host: target.host, port: target.port }, uri.host)
  if (!flow) return { refused: `no connection to ${uri.host}` }
  const next = () => {
    core.resolver.failed(target)
    return towardsFirst(core, uri, others)
  }
  return { flow, next: others.length === 0 ? undefined : next }
}

function unresolved(core: Core): Reached {
  const listener = core.transports.listeners[0]
  return listener ? { unresolved: listener } : { refused: 'requested protocol/transport not available' }
}
