import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { SipServer } from '../src/index.ts'
import { FrameReader, writeFrame } from '../src/wire/frame.ts'
import { secret } from './test-server.ts'

/** An application that speaks the wire protocol by hand: what drachtio-srf reads by position is checked here. */
export class RawApp implements AsyncDisposable {
  private readonly socket: Socket
  private readonly frames: string[] = []
  private readonly waiting: ((frame: string) => void)[] = []
  private count = 0

  constructor(socket: Socket) {
    this.socket = socket
    const reader = new FrameReader()
    socket.on('data', (chunk) => {
      for (const payload of reader.push(chunk)) {
        const frame = payload.toString('latin1')
        const waiter = this.waiting.shift()
        if (waiter) waiter(frame)
        else this.frames.push(frame)
      }
    })
  }

  static async connect(server: SipServer, ...verbs: string[]): Promise<RawApp> {
    const socket = connect(server.admin)
    await once(socket, 'connect')
    const app = new RawApp(socket)
    for (const command of [`authenticate|${secret}|`, ...verbs.map((verb) => `route|${verb}`)]) {
      app.send(command)
      await app.next()
    }
    return app
  }

  send(command: string, message?: string): string {
    const id = `m${++this.count}`
    this.socket.write(
      writeFrame(`${id}|${command}`, message === undefined ? undefined : Buffer.from(message, 'latin1')),
    )
    return id
  }

  async next(): Promise<{ tokens: string[]; text: string }> {
    const frame = this.frames.shift() ?? (await new Promise<string>((resolve) => this.waiting.push(resolve)))
    const end = frame.indexOf('\r\n')
    const leader = end === -1 ? frame : frame.slice(0, end)
    return { tokens: leader.split('|'), text: end === -1 ? '' : frame.slice(end + 2) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy()
  }
}
