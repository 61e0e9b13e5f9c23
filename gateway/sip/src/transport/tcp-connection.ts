import type { Socket } from 'node:net'
import type { Endpoint, Flow } from './flow.ts'
import type { Listener, TransportEvents } from './listener.ts'
import { StreamFramer, type StreamLimits } from './stream-framer.ts'

const pong = Buffer.from('\r\n')

/** One TCP connection, accepted or opened by us. What is sent before it is up waits inside the socket. */
export class TcpConnection implements Flow {
  readonly protocol = 'tcp'
  readonly reliable = true
  readonly listener: Listener
  readonly remote: Endpoint
  private readonly socket: Socket
  private readonly events: TransportEvents

  constructor(socket: Socket, remote: Endpoint, listener: Listener, limits: StreamLimits, events: TransportEvents) {
    this.socket = socket
    this.remote = remote
    this.listener = listener
    this.events = events
    const framer = new StreamFramer(limits)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 30_000)
    socket.on('data', (chunk) => {
      for (const event of framer.push(chunk)) {
        if (event.type === 'message') events.received(event.bytes, this)
        else if (event.type === 'ping') socket.write(pong)
        else {
          if (event.bytes) events.received(event.bytes, this)
          events.garbled(event.reason, this)
          socket.end()
        }
      }
    })
    // 'close' follows every error and is where the flow ends.
    socket.on('error', () => {})
    socket.on('close', () => events.closed(this))
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
    this.socket.write(bytes, failed ? (error) => error && failed() : undefined)
  }

  close(): void {
    this.socket.destroy()
  }
}
