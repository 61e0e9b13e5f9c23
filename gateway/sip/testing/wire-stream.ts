import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import {
  type ConnectionOptions,
  connect as connectTls,
  createServer as createTlsServer,
  type TlsOptions,
} from 'node:tls'
import type { SipMessage } from '../src/message/message.ts'
import { parseMessage } from '../src/message/parse-message.ts'
import { type StreamEvent, StreamFramer } from '../src/transport/stream-framer.ts'
import { Inbox } from './inbox.ts'

/** The far end of one TCP or TLS connection, for tests that write bytes and read messages. */
export class WireStream implements AsyncDisposable {
  readonly socket: Socket
  /** Resolves when the connection is gone, whoever ended it and how. */
  readonly closed: Promise<void>
  private readonly inbox = new Inbox()

  constructor(socket: Socket) {
    this.socket = socket
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()))
    const framer = new StreamFramer({ headBytes: 65_536, bodyBytes: 1_048_576 })
    socket.on('data', (chunk) => {
      for (const event of framer.push(chunk)) this.take(event)
    })
    socket.on('error', () => {})
  }

  static async connect(to: { readonly host: string; readonly port: number }): Promise<WireStream> {
    const socket = connect(to)
    await once(socket, 'connect')
    return new WireStream(socket)
  }

  /** Resolves when the TLS handshake is done; rejects when it fails. */
  static async connectTls(to: ConnectionOptions): Promise<WireStream> {
    const socket = connectTls(to)
    await once(socket, 'secureConnect')
    return new WireStream(socket)
  }

  get port(): number {
    return this.socket.localPort ?? 0
  }

  write(text: string | Buffer): void {
    this.socket.write(text)
  }

  /** The next message whose start line has this text in it. */
  next(text: string): Promise<SipMessage> {
    return this.inbox.next(text)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy()
  }

  private take(event: StreamEvent): void {
    if (event.type !== 'message') return
    const parsed = parseMessage(event.bytes)
    if (!parsed.ok) throw new Error(parsed.reason)
    this.inbox.add(parsed.message)
  }
}

/** A TCP port that waits for the server to connect; a TLS port when given a certificate. */
export async function listenStream(
  tls?: TlsOptions,
): Promise<AsyncDisposable & { port: number; accepted: Promise<WireStream> }> {
  const server: Server = tls ? createTlsServer(tls) : createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  let stream: WireStream | undefined
  const accepted = once(server, tls ? 'secureConnection' : 'connection').then(([socket]) => {
    stream = new WireStream(socket as Socket)
    return stream
  })
  return {
    port: address.port,
    accepted,
    async [Symbol.asyncDispose]() {
      stream?.socket.destroy()
      server.close()
    },
  }
}
