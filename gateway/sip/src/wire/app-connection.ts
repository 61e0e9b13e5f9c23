import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { writeFrame } from './frame.ts'

/** One application, connected. Frames written in one turn of the event loop leave in one system call. */
export class AppConnection {
  readonly id = randomUUID()
  readonly remote: string
  tags: readonly string[] = []
  authenticated = false
  private readonly socket: Socket
  private corked = false

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
    if (!this.corked) {
      this.corked = true
      this.socket.cork()
      setImmediate(() => {
        this.corked = false
        this.socket.uncork()
      })
    }
    this.socket.write(writeFrame(`${randomUUID()}|${leader}`, message))
  }

  /** Answers a frame: `response|<its id>|<result>[|<token>…]`. */
  reply(frameId: string, result: string, message?: Buffer): void {
    this.send(`response|${frameId}|${result}`, message)
  }

  /** Sends what is waiting, then closes. */
  end(): void {
    this.socket.end()
  }

  destroy(): void {
    this.socket.destroy()
  }
}
