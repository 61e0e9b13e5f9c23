import type { Listener } from './listener.ts'

export type Protocol = 'udp' | 'tcp'

/** An address something is sent to or came from. `host` is an IP address, IPv6 without brackets. */
export type Endpoint = { readonly host: string; readonly port: number }

/** A way to one far end: a UDP address seen from one of our sockets, or a stream connection. */
export interface Flow {
  readonly protocol: Protocol
  /** Streams lose nothing: transactions over them do not retransmit (RFC 3261 section 17). */
  readonly reliable: boolean
  readonly listener: Listener
  readonly remote: Endpoint
  /** False once a connection is gone; a UDP flow is always open. */
  readonly open: boolean
  /** `failed` is called at most once, later, when the bytes could not be handed to the network. */
  send(bytes: Buffer, failed?: () => void): void
}
