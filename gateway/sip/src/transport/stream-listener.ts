import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { familyOf, plainAddress } from './address.ts'
import type { Certificates } from './certificates.ts'
import type { ConnectionSlots } from './connection-slots.ts'
import { Connections } from './connections.ts'
import type { Endpoint, Flow } from './flow.ts'
import { type Bound, boundTo, type ListenAddress, type Listener, type TransportEvents } from './listener.ts'
import { type ConnectionLimits, StreamConnection } from './stream-connection.ts'

/** What all listeners for connections have in common. */
export type StreamOptions = {
  readonly limits: ConnectionLimits
  readonly slots: ConnectionSlots
  /** Needed for `tls` and `wss` only. */
  readonly certificates: Certificates | undefined
  /** Values of Origin that may open WebSockets; empty for all. */
  readonly wsOrigins: readonly string[]
}

/** Opens one TCP or TLS port. Rejects when the address is taken. */
export async function listenStream(
  address: ListenAddress & { protocol: 'tcp' | 'tls' },
  options: StreamOptions,
  events: TransportEvents,
): Promise<Listener> {
  const server = address.protocol === 'tcp' ? createServer({ noDelay: true }) : secureServer(options)
  admit(server, address, options.slots, events)
  server.listen({ host: address.host, port: address.port, backlog: 1024 })
  await once(server, 'listening')
  return new StreamListener(server, address, options, events)
}

/** Refuses connections of sources that are banned or have too many, before any handshake. */
export function admit(
  server: Server,
  { protocol }: ListenAddress,
  slots: ConnectionSlots,
  events: TransportEvents,
): void {
  server.prependListener('connection', (socket: Socket) => {
    const { remoteAddress, remotePort } = socket
    if (remoteAddress === undefined || remotePort === undefined) {
      socket.destroy()
      return
    }
    const remote = { host: plainAddress(remoteAddress), port: remotePort }
    const refused = !events.admits(remote.host)
      ? 'banned'
      : slots.take(remote.host, socket)
        ? undefined
        : 'too many connections'
    if (refused === undefined) return
    events.cut(refused, remote, protocol)
    socket.destroy()
  })
}

function secureServer({ certificates, limits }: StreamOptions): Server {
  if (!certificates) throw new Error('a TLS listener without certificates')
  const server = createTlsServer({ ...certificates.serverOptions, handshakeTimeout: limits.firstMessageMs })
  certificates.follow(server)
  return server
}

class StreamListener implements Listener {
  readonly protocol: 'tcp' | 'tls'
  readonly local: Endpoint
  readonly addresses: readonly string[]
  readonly advertised: Endpoint
  readonly external: boolean
  private readonly server: Server
  private readonly options: StreamOptions
  private readonly events: TransportEvents
  private readonly open = new Connections<StreamConnection>()
  private readonly sockets = new Set<Socket>()

  constructor(
    server: Server,
    address: ListenAddress & { protocol: 'tcp' | 'tls' },
    options: StreamOptions,
    events: TransportEvents,
  ) {
    const bound: Bound = boundTo(server, address)
    this.protocol = address.protocol
    this.local = bound.local
    this.addresses = bound.addresses
    this.advertised = bound.advertised
    this.external = bound.external
    this.server = server
    this.options = options
    this.events = {
      ...events,
      closed: (flow) => {
        this.open.remove(flow)
        events.closed(flow)
      },
    }
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket)
      socket.once('close', () => this.sockets.delete(socket))
    })
    server.on(this.protocol === 'tcp' ? 'connection' : 'secureConnection', (socket: Socket) => this.accept(socket))
    server.on('tlsClientError', (error: Error, socket: TLSSocket) => {
      const { remoteAddress, remotePort } = socket
      const remote = { host: plainAddress(remoteAddress ?? ''), port: remotePort ?? 0 }
      events.cut(`handshake: ${(error as { code?: string }).code ?? error.message}`, remote, this.protocol)
    })
    server.on('error', () => {})
  }

  get connections(): number {
    return this.open.size
  }

  flowTo(remote: Endpoint, name?: string): Flow {
    const wanted = this.protocol === 'tls' && name !== undefined && familyOf(name) === undefined ? name : undefined
    return this.open.find(remote, wanted) ?? this.connect(remote, wanted)
  }

  closeFrom(is: (host: string) => boolean): void {
    this.open.close(is)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close')
    this.server.close()
    this.open.close()
    for (const socket of this.sockets) socket.destroy()
    await closed
  }

  private accept(socket: Socket): void {
    const { remoteAddress, remotePort } = socket
    if (socket.destroyed || remoteAddress === undefined || remotePort === undefined) socket.destroy()
    else this.adopt(socket, { host: plainAddress(remoteAddress), port: remotePort }, undefined)
  }

  private connect({ host, port }: Endpoint, name: string | undefined): StreamConnection {
    const tls = this.options.certificates?.clientOptions
    const socket =
      this.protocol === 'tcp'
        ? connect({ host, port })
        : connectTls({ ...tls, host, port, ...(name === undefined ? {} : { servername: name }) })
    const connection = this.adopt(socket, { host, port }, name)
    socket.once(this.protocol === 'tcp' ? 'connect' : 'secureConnect', () => connection.connected())
    return connection
  }

  private adopt(socket: Socket, remote: Endpoint, name: string | undefined): StreamConnection {
    const connection = new StreamConnection(socket, remote, this, this.options.limits, this.events)
    this.open.add(connection, name)
    return connection
  }
}
