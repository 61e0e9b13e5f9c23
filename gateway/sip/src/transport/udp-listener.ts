import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { addressesOf, familyOf, plainAddress } from './address.ts'
import type { Endpoint, Flow } from './flow.ts'
import type { Listener, TransportEvents } from './listener.ts'

/** With the kernel's default of 208 KB a busy server loses datagrams from some 500 calls a second on. */
const socketBufferBytes = 4 * 1024 * 1024

/** Opens one UDP socket. Rejects when the address is taken. */
export async function listenUdp(
  { host, port }: Endpoint,
  externalHost: string | undefined,
  events: TransportEvents,
): Promise<Listener> {
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
  return new UdpListener(socket, externalHost, events)
}

class UdpListener implements Listener {
  readonly protocol = 'udp'
  readonly local: Endpoint
  readonly addresses: readonly string[]
  readonly advertised: Endpoint
  readonly external: boolean
  private readonly socket: Socket
  private readonly events: TransportEvents

  constructor(socket: Socket, externalHost: string | undefined, events: TransportEvents) {
    const { address, port } = socket.address()
    this.socket = socket
    this.events = events
    this.local = { host: address, port }
    this.addresses = addressesOf(address)
    this.advertised = { host: externalHost ?? this.addresses[0] ?? address, port }
    this.external = externalHost !== undefined
    socket.on('message', (bytes, from) => {
      events.received(bytes, new UdpFlow(this, socket, events, { host: plainAddress(from.address), port: from.port }))
    })
    // ICMP errors of earlier datagrams come up here; the transaction timers deal with the silence.
    socket.on('error', () => {})
  }

  flowTo(remote: Endpoint): Flow {
    return new UdpFlow(this, this.socket, this.events, remote)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.socket, 'close')
    this.socket.close()
    await closed
  }
}

class UdpFlow implements Flow {
  readonly protocol = 'udp'
  readonly reliable = false
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
}

function ignore(): void {}
