import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { SipMessage } from '../src/message/message.ts'
import { parseMessage } from '../src/message/parse-message.ts'
import { type StreamEvent, StreamFramer } from '../src/transport/stream-framer.ts'

/** The far end of one TCP connection, for tests that write bytes and read messages. */
export class WireStream implements AsyncDisposable {
  readonly socket: Socket
  private readonly inbox: SipMessage[] = []
  private readonly waiting = new Set<() => void>()

  constructor(socket: Socket) {
    this.socket = socket
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

  get port(): number {
    return this.socket.localPort ?? 0
  }

  write(text: string | Buffer): void {
    this.socket.write(text)
  }

  /** The next message whose start line has this text in it. */
  next(text: string): Promise<SipMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing with '${text}' came`)), 5000)
      const check = () => {
        const index = this.inbox.findIndex(({ head }) => head.slice(0, head.indexOf('\r\n')).includes(text))
        const found = this.inbox[index]
        if (!found) return
        this.inbox.splice(index, 1)
        this.waiting.delete(check)
        clearTimeout(timer)
        resolve(found)
      }
      this.waiting.add(check)
      check()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy()
  }

  private take(event: StreamEvent): void {
    if (event.type !== 'message') return
    const parsed = parseMessage(event.bytes)
    if (!parsed.ok) throw new Error(parsed.reason)
    this.inbox.push(parsed.message)
    for (const check of this.waiting) check()
  }
}

/** A TCP port that waits for the server to connect. */
export async function listenStream(): Promise<AsyncDisposable & { port: number; accepted: Promise<WireStream> }> {
  const server: Server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  let stream: WireStream | undefined
  const accepted = once(server, 'connection').then(([socket]) => {
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
