import { once } from 'node:events'
import { type ClientOptions, WebSocket } from 'ws'
import type { SipMessage } from '../src/message/message.ts'
import { parseMessage } from '../src/message/parse-message.ts'
import { Inbox } from './inbox.ts'

/** A SIP client over WebSocket that writes what a test says and hands over what comes. */
export class WireWebSocket implements AsyncDisposable {
  readonly client: WebSocket
  /** Resolves with the code when the connection is gone. */
  readonly closed: Promise<number>
  /** Text messages that are no SIP: keep-alive. */
  readonly other: string[] = []
  private readonly inbox = new Inbox()

  private constructor(client: WebSocket) {
    this.client = client
    this.closed = new Promise((resolve) => client.once('close', resolve))
    client.on('message', (data: Buffer) => {
      const parsed = parseMessage(data)
      if (parsed.ok) this.inbox.add(parsed.message)
      else this.other.push(String(data))
    })
    client.on('error', () => {})
  }

  /** Rejects when the server refuses the handshake. */
  static async connect(url: string, options: ClientOptions = {}): Promise<WireWebSocket> {
    const client = new WebSocket(url, 'sip', options)
    const stream = new WireWebSocket(client)
    await once(client, 'open')
    return stream
  }

  write(message: string | Buffer): void {
    this.client.send(message)
  }

  /** The next message whose start line has this text in it. */
  next(text: string): Promise<SipMessage> {
    return this.inbox.next(text)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.terminate()
  }
}
