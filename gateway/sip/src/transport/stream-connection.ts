import type { Socket } from 'node:net'
import type { Endpoint, Flow } from './flow.ts'
import type { Listener, TransportEvents } from './listener.ts'
import { StreamFramer, type StreamLimits } from './stream-framer.ts'
import { type PatienceLimits, StreamPatience } from './stream-patience.ts'

/** Bounds of what the far end of a connection may make us hold, and how long. */
export type ConnectionLimits = StreamLimits &
  PatienceLimits & {
    /** Bytes that may wait for a far end that does not read. */
    readonly unsentBytes: number
    /** How often a connection is shown to be alive (RFC 5626 section 4.4.1; RFC 7118 section 6). */
    readonly pingMs: number
  }

const ping = Buffer.from('\r\n\r\n')
const pong = Buffer.from('\r\n')

/** One TCP or TLS connection, accepted or opened by us. What is sent before it is up waits inside the socket. */
export class StreamConnection implements Flow {
  readonly protocol: 'tcp' | 'tls'
  readonly reliable = true
  readonly framing = 'stream'
  readonly listener: Listener
  readonly remote: Endpoint
  private readonly socket: Socket
  private readonly limits: ConnectionLimits
  private readonly events: TransportEvents
  private readonly patience: StreamPatience

  constructor(
    socket: Socket,
    remote: Endpoint,
    listener: Listener & { readonly protocol: 'tcp' | 'tls' },
    limits: ConnectionLimits,
    events: TransportEvents,
  ) {
    this.protocol = listener.protocol
    this.socket = socket
    this.remote = remote
    this.listener = listener
    this.limits = limits
    this.events = events
    this.patience = new StreamPatience(
      limits,
      (why) => this.cut(why),
      () => events.needed(this),
    )
    const framer = new StreamFramer(limits)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 30_000)
    socket.on('data', (chunk) => this.read(framer, chunk))
    // 'close' follows every error and is where the flow ends.
    socket.on('error', () => {})
    socket.on('close', () => {
      this.patience[Symbol.dispose]()
      events.closed(this)
    })
  }

  get open(): boolean {
    return !this.socket.destroyed && this.socket.writable
  }

  send(bytes: Buffer, failed?: () => void): void {
    if (!this.open) {
      if (failed) setImmediate(failed)
      return
    }
    this.events.sent(bytes, this)
    this.patience.spoke()
    this.socket.write(bytes, failed ? (error) => error && failed() : undefined)
    if (this.socket.writableLength > this.limits.unsentBytes) this.cut('does not read')
  }

  close(): void {
    this.socket.destroy()
  }

  /** A connection we opened is up: from now on it is kept alive, which also tells whether the far end still is. */
  connected(): void {
    this.patience.heard(true, false)
    const timer = setInterval(() => this.open && this.socket.write(ping), this.limits.pingMs).unref()
    this.socket.once('close', () => clearInterval(timer))
  }

  private read(framer: StreamFramer, chunk: Buffer): void {
    let whole = false
    for (const event of framer.push(chunk)) {
      if (event.type === 'message') {
        whole = true
        this.events.received(event.bytes, this)
      } else if (event.type === 'ping') {
        whole = true
        if (this.open) this.socket.write(pong)
      } else {
        if (event.bytes) this.events.received(event.bytes, this)
        this.events.garbled(event.reason, this)
        this.socket.end()
      }
    }
    this.patience.heard(whole, framer.partial)
  }

  private cut(why: string): void {
    this.events.cut(why, this.remote, this.protocol)
    this.socket.destroy()
  }
}
