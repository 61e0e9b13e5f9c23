import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { addressesOf, plainAddress } from './address.ts'
import type { Endpoint, Flow } from './flow.ts'
import type { Listener, TransportEvents } from './listener.ts'
import type { StreamLimits } from './stream-framer.ts'
import { TcpConnection } from './tcp-connection.ts'

/** Opens one TCP port. Rejects when the address is taken. */
export async function listenTcp(
  { host, port }: Endpoint,
  externalHost: string | undefined,
  limits: StreamLimits,
  events: TransportEvents,
): Promise<Listener> {
  const server = createServer({ noDelay: true })
  server.listen({ host, port, backlog: 1024 })
  await once(server, 'listening')
  return new TcpListener(server, externalHost, limits, events)
}

class TcpListener implements Listener {
  readonly protocol = 'tcp'
  readonly local: Endpoint
  readonly addresses: readonly string[]
  readonly advertised: Endpoint
  readonly external: boolean
  private readonly server: Server
  private readonly limits: StreamLimits
  private readonly events: TransportEvents
  /** Open connections by `host:port` of the far end, for reuse (RFC 3261 section 18.1.1). */
  private readonly connections = new Map<string, TcpConnection>()

  constructor(server: Server, externalHost: string | undefined, limits: StreamLimits, events: TransportEvents) {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('a TCP listener without an address')
    this.server = server
    this.limits = limits
    this.events = {
      received: (bytes, flow) => events.received(bytes, flow),
      sent: (bytes, flow) => events.sent(bytes, flow),
      garbled: (reason, flow) => events.garbled(reason, flow),
      closed: (flow) => {
        const key = keyOf(flow.remote)
        if (this.connections.get(key) === flow) this.connections.delete(key)
        events.closed(flow)
      },
    }
    this.local = { host: address.address, port: address.port }
    this.addresses = addressesOf(address.address)
    this.advertised = { host: externalHost ?? this.addresses[0] ?? address.address, port: address.port }
    this.external = externalHost !== undefined
    server.on('connection', (socket) => {
      const { remoteAddress, remotePort } = socket
      if (remoteAddress === undefined || remotePort === undefined) socket.destroy()
      else this.adopt(socket, { host: plainAddress(remoteAddress), port: remotePort })
    })
    server.on('error', () => {})
  }

  flowTo(remote: Endpoint): Flow {
    const existing = this.connections.get(keyOf(remote))
    if (existing?.open) return existing
    return this.adopt(connect({ host: remote.host, port: remote.port }), remote)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close')
    this.server.close()
    for (const connection of this.connections.values()) connection.close()
    await closed
  }

  private adopt(socket: Socket, remote: Endpoint): TcpConnection {
    const connection = new TcpConnection(socket, remote, this, this.limits, this.events)
    this.connections.set(keyOf(remote), connection)
    return connection
  }
}

function keyOf({ host, port }: Endpoint): string {
  return `${host} ${port}`
}
