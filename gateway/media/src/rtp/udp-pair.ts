import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { MediaError } from '../protocol/errors.ts'
import type { PortSource } from './ports.ts'

/** Other programs may hold ports of our range; so many are tried before giving up. */
const BIND_ATTEMPTS = 50

export type DatagramListener = (data: Buffer, address: string, port: number) => void

/** The two sockets of an RTP leg: RTP on an even port, RTCP on the next. */
export class UdpPair {
  readonly port: number
  readonly #rtp: Socket
  readonly #rtcp: Socket
  readonly #pool: PortSource

  private constructor(port: number, rtp: Socket, rtcp: Socket, pool: PortSource) {
    this.port = port
    this.#rtp = rtp
    this.#rtcp = rtcp
    this.#pool = pool
  }

  /** Binds a pair from the pool. Throws MediaError `no_ports` when none can be had. */
  static async open(host: string, pool: PortSource): Promise<UdpPair> {
    for (let attempt = 0; attempt < BIND_ATTEMPTS; attempt++) {
      const port = await pool.take()
      const rtp = await bind(host, port)
      const rtcp = rtp && (await bind(host, port + 1))
      if (rtp && rtcp) return new UdpPair(port, rtp, rtcp, pool)
      rtp?.close()
      pool.release(port)
    }
    throw new MediaError('no_ports', `${BIND_ATTEMPTS} RTP ports tried on ${host}, none could be bound`)
  }

  listen(onRtp: DatagramListener, onRtcp: DatagramListener): void {
    this.#rtp.on('message', (data, from) => onRtp(data, from.address, from.port))
    this.#rtcp.on('message', (data, from) => onRtcp(data, from.address, from.port))
  }

  /** Sends; a refused or unreachable destination is no error of ours. */
  sendRtp(data: Buffer, address: string, port: number): void {
    this.#rtp.send(data, port, address)
  }

  sendRtcp(data: Buffer, address: string, port: number): void {
    this.#rtcp.send(data, port, address)
  }

  close(): void {
    this.#rtp.close()
    this.#rtcp.close()
    this.#pool.release(this.port)
  }
}

/** Binds one socket; undefined when the port is taken. Throws on any other failure. */
function bind(host: string, port: number): Promise<Socket | undefined> {
  const type = isIPv6(host) ? 'udp6' : 'udp4'
  const family = type === 'udp6' ? 6 : 4
  // The addresses in SDP are literal: looking them up would cost a round through the event loop per packet.
  const socket = createSocket({ type, lookup: (name, _options, done) => done(null, name, family) })
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close()
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    socket.bind(port, host, () => {
      socket.removeAllListeners('error')
      socket.on('error', () => {})
      resolve(socket)
    })
  })
}
