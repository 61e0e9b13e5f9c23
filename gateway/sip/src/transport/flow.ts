import type { Framing } from '../message/parse-message.ts'
import type { Listener } from './listener.ts'

/** `ws` and `wss` are SIP over WebSocket (RFC 7118). */
export const protocols = ['udp', 'tcp', 'tls', 'ws', 'wss'] as const
export type Protocol = (typeof protocols)[number]

/** An address something is sent to or came from. `host` is an IP address, IPv6 without brackets. */
export type Endpoint = { readonly host: string; readonly port: number }

/** A way to one far end: a UDP address seen from one of our sockets, or a connection. */
export interface Flow {
  readonly protocol: Protocol
  /** Connections lose nothing: transactions over them do not retransmit (RFC 3261 section 17). */
  readonly reliable: boolean
  /** How messages are told apart; a WebSocket message has its own end, like a datagram. */
  readonly framing: Framing
  readonly listener: Listener
  readonly remote: Endpoint
  /** False once a connection is gone; a UDP flow is always open. */
  readonly open: boolean
  /** `failed` is called at most once, later, when the bytes could not be handed to the network. */
  send(bytes: Buffer, failed?: () => void): void
  /** Ends a connection at once. Nothing over UDP. */
  close(): void
}
