import { createSocket, type Socket } from 'node:dgram'
import type { Endpoint } from './address.ts'
import { Ladder } from './ladder.ts'
import { MalformedMessage, parseMessage, type SipMessage, serialize } from './message.ts'

export type MessageHandler = (message: SipMessage, from: Endpoint) => void

/** One UDP socket that speaks whole SIP messages and writes each of them to the ladder. */
export class Wire {
  readonly local: Endpoint
  readonly ladder = new Ladder()
  #socket: Socket
  #open = true

  static async open(host: string, port: number, onMessage: MessageHandler): Promise<Wire> {
    const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 1 << 20 })
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(port, host, resolve)
    })
    return new Wire(socket, onMessage)
  }

  private constructor(socket: Socket, onMessage: MessageHandler) {
    this.#socket = socket
    const { address, port } = socket.address()
    this.local = { host: address, port }
    socket.on('error', () => {})
    socket.on('message', (datagram, from) => {
      if (datagram.every((byte) => byte === 13 || byte === 10)) return
      const peer = { host: from.address, port: from.port }
      try {
        const message = parseMessage(datagram)
        this.ladder.add('received', peer, message, datagram)
        onMessage(message, peer)
      } catch (error) {
        if (!(error instanceof MalformedMessage)) throw error
        this.ladder.addUnreadable(peer, datagram, error.message)
      }
    })
  }

  send(message: SipMessage, to: Endpoint): void {
    if (!this.#open) return
    const datagram = serialize(message)
    this.ladder.add('sent', to, message, datagram)
    this.#socket.send(datagram, to.port, to.host, () => {})
  }

  /** Bytes as they are, well-formed or not; not on the ladder. */
  sendRaw(bytes: Buffer | string, to: Endpoint): void {
    if (this.#open) this.#socket.send(bytes, to.port, to.host, () => {})
  }

  async close(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    await new Promise<void>((resolve) => this.#socket.close(resolve))
  }
}
