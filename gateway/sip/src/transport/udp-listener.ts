import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { familyOf, plainAddress } from './address.ts'
import type { Endpoint, Flow } from './flow.ts'
import { boundTo, type ListenAddress, type Listener, type TransportEvents } from './listener.ts'
import { answerBinding, isStun } from './stun-binding.ts'

/** With the kernel's default of 208 KB a busy server loses datagrams from some 500 calls a second on. */
const socketBufferBytes = 4 * 1024 * 1024

/** Opens one UDP socket. Rejects when the address is taken. */
export async function listenUdp(address: ListenAddress, events: TransportEvents): Promise<Listener> {
  const { host, port } = address
  const socket = createSocket({
    type: familyOf(host) === 6 ? 'udp6' : 'udp4',
    // dgram looks every address up, even one that is an IP address already, at the price of a tick each.
    lookup: (hostname, _options, callback) => callback(null, hostname, familyOf(hostname) ?? 4),
  })
  const listening = once(socket, 'listening')
  socket.bind({ address: host, port })
  await listening
  try {
    socket.setRecvBufferSize(socketBufferBytes)
    socket.setSendBufferSize(socketBufferBytes)
  } catch {
    // The kernel may allow less (net.core.rmem_max); then it is less.
  }
  return new UdpListener(socket, address, events)
}

class UdpListener implements Listener {
  readonly protocol = 'udp'
  readonly local: Endpoint
  readonly addresses: readonly string[]
  readonly advertised: Endpoint
  readonly external: boolean
  readonly connections = 0
  private readonly socket: Socket
  private readonly events: TransportEvents

  constructor(socket: Socket, address: ListenAddress, events: TransportEvents) {
    const { local, addresses, advertised, external } = boundTo(socket, address)
    this.socket = socket
    this.events = events
    this.local = local
    this.addresses = addresses
    this.advertised = advertised
    this.external = external
    socket.on('message', (bytes, from) => {
      const remote = { host: plainAddress(from.address), port: from.port }
      if (!events.admits(remote.host) || isKeepAlive(bytes)) return
      if (isStun(bytes)) answerBinding(bytes, remote, (answer) => socket.send(answer, from.port, from.address))
      else events.received(bytes, new UdpFlow(this, socket, events, remote))
    })
    // ICMP errors of earlier datagrams come up here; the transaction timers deal with the silence.
    socket.on('error', () => {})
  }

  flowTo(remote: Endpoint): Flow {
    return new UdpFlow(this, this.socket, this.events, remote)
  }

  closeFrom(): void {}

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.socket, 'close')
    this.socket.close()
    await closed
  }
}

class UdpFlow implements Flow {
  readonly protocol = 'udp'
  readonly reliable = false
  readonly framing = 'datagram'
  readonly open = true
  readonly listener: Listener
  readonly remote: Endpoint
  private readonly socket: Socket
  private readonly events: TransportEvents

  constructor(listener: Listener, socket: Socket, events: TransportEvents, remote: Endpoint) {
    this.listener = listener
    this.socket = socket
    this.events = events
    this.remote = remote
  }

  send(bytes: Buffer, failed?: () => void): void {
    this.events.sent(bytes, this)
    try {
      this.socket.send(bytes, this.remote.port, this.remote.host, failed ? (error) => error && failed() : ignore)
    } catch {
      // The socket is closed: the server is going down.
    }
  }

  close(): void {}
}

function ignore(): void {}

/** CRLF pairs or zeros that keep a NAT binding open: no message, and no noise either. */
function isKeepAlive(bytes: Buffer): boolean {
  return bytes.length <= 4 && bytes.every((byte) => byte === 13 || byte === 10 || byte === 0)
}
