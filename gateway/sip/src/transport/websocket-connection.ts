import { isUtf8 } from 'node:buffer'
import type { Socket } from 'node:net'
import type { RawData, WebSocket } from 'ws'
import type { Endpoint, Flow } from './flow.ts'
import type { Listener, TransportEvents } from './listener.ts'
import type { ConnectionLimits } from './stream-connection.ts'
import { StreamPatience } from './stream-patience.ts'

const lineEnds = /^(?:\r\n)+$/
const pong = '\r\n'

/** One WebSocket of a client (RFC 7118): each of its messages is one SIP message, text or binary. */
export class WebSocketConnection implements Flow {
  readonly protocol: 'ws' | 'wss'
  readonly reliable = true
  readonly framing = 'datagram'
  readonly listener: Listener
  readonly remote: Endpoint
  private readonly client: WebSocket
  private readonly limits: ConnectionLimits
  private readonly events: TransportEvents
  private readonly patience: StreamPatience
  private answered = true

  constructor(
    client: WebSocket,
    socket: Socket,
    remote: Endpoint,
    listener: Listener & { readonly protocol: 'ws' | 'wss' },
    limits: ConnectionLimits,
    events: TransportEvents,
  ) {
    this.protocol = listener.protocol
    this.client = client
    this.remote = remote
    this.listener = listener
    this.limits = limits
    this.events = events
    this.patience = new StreamPatience(
      limits,
      (why) => this.cut(why),
      () => events.needed(this),
    )
    // Before the parser of frames sees the bytes: what it makes of them is whole.
    socket.prependListener('data', () => this.patience.heard(false, true))
    client.on('message', (data) => this.read(data))
    client.on('pong', () => this.pinged())
    client.on('ping', () => this.pinged())
    client.on('error', (error) => events.garbled(error.message, this))
    const timer = setInterval(() => this.ping(), limits.pingMs).unref()
    client.on('close', () => {
      clearInterval(timer)
      this.patience[Symbol.dispose]()
      events.closed(this)
    })
  }

  get open(): boolean {
    return this.client.readyState === this.client.OPEN
  }

  send(bytes: Buffer, failed?: () => void): void {
    if (!this.open) {
      if (failed) setImmediate(failed)
      return
    }
    this.events.sent(bytes, this)
    this.patience.spoke()
    this.client.send(bytes, { binary: !isUtf8(bytes) }, failed ? (error) => error && failed() : undefined)
    if (this.client.bufferedAmount > this.limits.unsentBytes) this.cut('does not read')
  }

  close(): void {
    this.client.terminate()
  }

  private read(data: RawData): void {
    const bytes = Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
    this.patience.heard(true, false)
    // RFC 7118 leaves keep-alive to WebSocket; some clients do it as over TCP (RFC 5626 section 3.5.1) all the same.
    if (bytes.length > 4 || !lineEnds.test(bytes.toString('latin1'))) this.events.received(bytes, this)
    else if (bytes.length === 4) this.client.send(pong)
  }

  private pinged(): void {
    this.answered = true
    this.patience.heard(true, false)
  }

  /** A browser answers pings by itself; one that has not by the next one is gone. */
  private ping(): void {
    if (!this.answered) this.cut('no pong')
    else {
      this.answered = false
      this.client.ping()
    }
  }

  private cut(why: string): void {
    this.events.cut(why, this.remote, this.protocol)
    this.client.terminate()
  }
}
