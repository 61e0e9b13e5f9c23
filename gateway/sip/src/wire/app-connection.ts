import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { writeFrame } from './frame.ts'

/** One application, connected. Frames written in one turn of the event loop leave in one system call. */
export class AppConnection {
  readonly id = randomUUID()
  readonly remote: string
  tags: readonly string[] = []
  authenticated = false
  /** Connections of one group inherit each other's dialogs. */
  group: string | undefined
  private readonly socket: Socket
  private waiting: Buffer[] = []
  private readonly flush = () => {
    const frames = this.waiting
    this.waiting = []
    if (frames.length > 0) this.socket.write(Buffer.concat(frames))
  }

  constructor(socket: Socket) {
    this.socket = socket
    this.remote = `${socket.remoteAddress}:${socket.remotePort}`
  }

  get open(): boolean {
    return !this.socket.destroyed && this.socket.writable
  }

  /** Sends `<fresh message id>|<leader>`, with a SIP message behind it. */
  send(leader: string, message?: Buffer): void {
    if (!this.open) return
    if (this.waiting.length === 0) setImmediate(this.flush)
    this.waiting.push(writeFrame(`${randomUUID()}|${leader}`, message))
  }

  /** Answers a frame: `response|<its id>|<result>[|<token>…]`. */
  reply(frameId: string, result: string, message?: Buffer): void {
    this.send(`response|${frameId}|${result}`, message)
  }

  /** Sends what is waiting, then closes. */
  end(): void {
    this.flush()
    this.socket.end()
  }

  destroy(): void {
    this.socket.destroy()
  }
}
