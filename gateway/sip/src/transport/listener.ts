import { addressesOf } from './address.ts'
import type { Endpoint, Flow, Protocol } from './flow.ts'

/** What a transport does with what it receives. */
export interface TransportEvents {
  /** Whether something from this IP address is looked at at all. */
  admits(host: string): boolean
  /** One datagram, or one message cut out of a stream or a WebSocket. */
  received(bytes: Buffer, flow: Flow): void
  /** Every message handed to the network, repetitions included. */
  sent(bytes: Buffer, flow: Flow): void
  /** A stream that lost its framing; the connection is closed after this. */
  garbled(reason: string, flow: Flow): void
  /** A connection was refused, or closed because its far end was too slow, too silent or too much. */
  cut(reason: string, remote: Endpoint, protocol: Protocol): void
  /** Whether a silent connection has to stay: somebody registered over it, or talks. */
  needed(flow: Flow): boolean
  closed(flow: Flow): void
}

/** One address to listen on. `externalHost` and `externalPort` replace its own in Via and Contact. */
export type ListenAddress = Endpoint & {
  readonly protocol: Protocol
  readonly externalHost?: string | undefined
  readonly externalPort?: number | undefined
}

/** One socket that SIP comes in on. */
export interface Listener extends AsyncDisposable {
  readonly protocol: Protocol
  readonly local: Endpoint
  /** All addresses it answers at: its own, or for `0.0.0.0` and `::` those of the machine. */
  readonly addresses: readonly string[]
  /** What goes into Via and Contact: the external address, or the first of its own. */
  readonly advertised: Endpoint
  readonly external: boolean
  /** Open connections; 0 over UDP. */
  readonly connections: number
  /**
   * A flow to an IP address; for streams an existing connection or a new one. `name` is the host name that led there:
   * a TLS server has to show a certificate for it. Undefined when there is no connection and none can be made.
   */
  flowTo(remote: Endpoint, name?: string): Flow | undefined
  /** Closes the connections to these IP addresses. */
  closeFrom(is: (host: string) => boolean): void
}

/** The part of a listener that follows from where it is bound. */
export type Bound = Pick<Listener, 'protocol' | 'local' | 'addresses' | 'advertised' | 'external'>

export function boundTo(
  socket: { address(): { address: string; port: number } | string | null },
  { protocol, externalHost, externalPort }: ListenAddress,
): Bound {
  const at = socket.address()
  if (at === null || typeof at === 'string') throw new Error('a listener without an address')
  const addresses = addressesOf(at.address)
  return {
    protocol,
    local: { host: at.address, port: at.port },
    addresses,
    advertised: { host: externalHost ?? addresses[0] ?? at.address, port: externalPort ?? at.port },
    external: externalHost !== undefined,
  }
}
