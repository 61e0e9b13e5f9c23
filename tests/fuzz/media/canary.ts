import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { MediaClient } from '@ringdown/media/client'

const PACKET_MS = 20

/** A call of two legs that talks while the server is under attack: what it stops hearing is a stall. */
export class Canary implements AsyncDisposable {
  readonly #timer: NodeJS.Timeout
  readonly #sockets: Socket[]
  #heardAt = performance.now()
  #heard = 0
  /** The longest time without a packet, in ms. */
  longestGapMs = 0

  static async start(media: MediaClient): Promise<Canary> {
    const ends = [await end(media), await end(media)] as const
    await media.call('bridge.create', { legs: [ends[0].legId, ends[1].legId] })
    return new Canary(ends.map(({ socket }) => socket))
  }

  private constructor(sockets: Socket[]) {
    this.#sockets = sockets
    let n = 0
    this.#timer = setInterval(() => {
      n++
      for (const socket of sockets) socket.send(packet(n))
    }, PACKET_MS)
    sockets[0]!.on('message', () => this.#hear())
  }

  get heard(): number {
    return this.#heard
  }

  #hear(): void {
    const now = performance.now()
    this.longestGapMs = Math.max(this.longestGapMs, now - this.#heardAt)
    this.#heardAt = now
    this.#heard++
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    for (const socket of this.#sockets) socket.close()
  }
}

async function end(media: MediaClient): Promise<{ legId: string; socket: Socket }> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const offer = [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'],
    ...[`m=audio ${socket.address().port} RTP/AVP 8`, ''],
  ].join('\r\n')
  const { legId, sdp } = await media.call('leg.create', { kind: 'rtp', offer })
  socket.connect(Number(/^m=audio (\d+)/m.exec(sdp)?.[1]), '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => {})
  return { legId, socket }
}

function packet(n: number): Buffer {
  const data = Buffer.alloc(172, 0x2a)
  data.writeUInt16BE(0x8008, 0)
  data.writeUInt16BE(n & 0xffff, 2)
  data.writeUInt32BE((n * 160) >>> 0, 4)
  data.writeUInt32BE(0xca11, 8)
  return data
}
