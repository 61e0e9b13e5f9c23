import type { Endpoint, Flow, Protocol } from './flow.ts'

/** What a transport does with what it receives. */
export interface TransportEvents {
  /** One datagram, or one message cut out of a stream. */
  received(bytes: Buffer, flow: Flow): void
  /** Every message handed to the network, repetitions included. */
  sent(bytes: Buffer, flow: Flow): void
  /** A stream that lost its framing; the connection is closed after this. */
  garbled(reason: string, flow: Flow): void
  closed(flow: Flow): void
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
  /** A flow to an IP address; for streams an existing connection or a new one. */
  flowTo(remote: Endpoint): Flow
}
