import type { Socket } from 'node:net'

/** Counts the accepted connections of all listeners, those included that have not finished a handshake yet. */
export class ConnectionSlots {
  private readonly max: number
  private readonly maxPerSource: number
  private readonly taken = new Map<string, number>()
  private total = 0

  constructor(max: number, maxPerSource: number) {
    this.max = max
    this.maxPerSource = maxPerSource
  }

  /** Takes a place until the socket closes; false when there is none. */
  take(host: string, socket: Socket): boolean {
    const count = this.taken.get(host) ?? 0
    if (this.total >= this.max || count >= this.maxPerSource) return false
    this.total++
    this.taken.set(host, count + 1)
    socket.once('close', () => this.free(host))
    return true
  }

  private free(host: string): void {
    this.total--
    const left = (this.taken.get(host) ?? 1) - 1
    if (left === 0) this.taken.delete(host)
    else this.taken.set(host, left)
  }
}
