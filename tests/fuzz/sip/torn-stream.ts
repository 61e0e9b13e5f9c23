import { connect, type Socket } from 'node:net'
import type { Random } from '../random.ts'

/** A TCP connection that hands over bytes in pieces of any size, and is made anew when the server has had enough. */
export class TornStream implements Disposable {
  written = 0
  private readonly to: { readonly host: string; readonly port: number }
  private readonly random: Random
  private socket: Socket | undefined

  constructor(to: { readonly host: string; readonly port: number }, random: Random) {
    this.to = to
    this.random = random
  }

  write(bytes: Buffer): void {
    if (!this.socket?.writable) {
      this.socket?.destroy()
      this.socket = connect(this.to)
        .on('error', () => {})
        .setNoDelay(true)
        .resume()
    }
    for (let at = 0; at < bytes.length; ) {
      const end = at + 1 + this.random.below(this.random.below(2) === 0 ? 20 : 2000)
      this.socket.write(bytes.subarray(at, end))
      at = end
    }
    this.written += bytes.length
  }

  [Symbol.dispose](): void {
    this.socket?.destroy()
  }
}
