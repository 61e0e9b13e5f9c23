import { familyOf, isLoopback, sharedOctets } from './address.ts'
import type { Endpoint } from './flow.ts'
import type { ListenAddress, Listener, TransportEvents } from './listener.ts'
import type { Target } from './resolve.ts'
import { listenStream, type StreamOptions } from './stream-listener.ts'
import { listenUdp } from './udp-listener.ts'
import { listenWebSocket } from './websocket-listener.ts'

/** All listeners of the server, and the choice among them for what goes out. */
export class Transports implements AsyncDisposable {
  readonly listeners: readonly Listener[]

  private constructor(listeners: readonly Listener[]) {
    this.listeners = listeners
  }

  /** Opens all; closes what is open again when one fails. */
  static async open(
    addresses: readonly ListenAddress[],
    options: StreamOptions,
    events: TransportEvents,
  ): Promise<Transports> {
    const listeners: Listener[] = []
    try {
      for (const address of addresses) listeners.push(await listen(address, options, events))
    } catch (error) {
      for (const listener of listeners) await listener[Symbol.asyncDispose]()
      throw error
    }
    return new Transports(listeners)
  }

  /**
   * The listener to send from: of the right family and transport (UDP when the target leaves it open, or the first
   * there is); then most leading octets in common, an external address, not loopback. Undefined when none fits.
   */
  choose(target: Target): Listener | undefined {
    const family = familyOf(target.host)
    const sameFamily = this.listeners.filter((listener) => familyOf(listener.local.host) === family)
    const wanted = sameFamily.filter((listener) => listener.protocol === (target.transport ?? 'udp'))
    const candidates = wanted.length === 0 && target.transport === undefined ? sameFamily : wanted
    let best: Listener | undefined
    let bestScore = -1
    for (const listener of candidates) {
      const score = scoreOf(listener, target.host)
      if (score > bestScore) {
        best = listener
        bestScore = score
      }
    }
    return best
  }

  /** Whether an address is one of ours: requests to it would come straight back. */
  isOwn(target: Endpoint): boolean {
    return this.listeners.some(
      ({ local, addresses, advertised }) =>
        (target.port === advertised.port && target.host === advertised.host) ||
        (target.port === local.port && addresses.includes(target.host)),
    )
  }

  /** Closes all connections to these IP addresses. */
  closeFrom(is: (host: string) => boolean): void {
    for (const listener of this.listeners) listener.closeFrom(is)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.listeners.map((listener) => listener[Symbol.asyncDispose]()))
  }
}

function listen(address: ListenAddress, options: StreamOptions, events: TransportEvents): Promise<Listener> {
  const { protocol } = address
  if (protocol === 'udp') return listenUdp(address, events)
  if (protocol === 'tcp' || protocol === 'tls') return listenStream({ ...address, protocol }, options, events)
  return listenWebSocket({ ...address, protocol }, options, events)
}

function scoreOf({ local, addresses, external }: Listener, host: string): number {
  return (
    Math.max(...addresses.map((address) => sharedOctets(address, host))) * 4 +
    (external ? 2 : 0) +
    (isLoopback(local.host) ? 0 : 1)
  )
}
