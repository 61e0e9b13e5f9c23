import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { plainAddress } from './address.ts'
import { Connections } from './connections.ts'
import type { Endpoint, Flow } from './flow.ts'
import { boundTo, type ListenAddress, type Listener, type TransportEvents } from './listener.ts'
import { admit, type StreamOptions } from './stream-listener.ts'
import { WebSocketConnection } from './websocket-connection.ts'

/** Opens one port for SIP over WebSocket (RFC 7118). Rejects when the address is taken. */
export async function listenWebSocket(
  address: ListenAddress & { protocol: 'ws' | 'wss' },
  options: StreamOptions,
  events: TransportEvents,
): Promise<Listener> {
  const server = httpServer(address.protocol, options)
  admit(server, address, options.slots, events)
  server.listen({ host: address.host, port: address.port, backlog: 1024 })
  await once(server, 'listening')
  return new WebSocketListener(server, address, options, events)
}

function httpServer(protocol: 'ws' | 'wss', { certificates, limits }: StreamOptions): Server {
  const timeouts = {
    requestTimeout: limits.firstMessageMs,
    headersTimeout: limits.firstMessageMs,
    connectionsCheckingInterval: Math.min(1000, limits.firstMessageMs),
    keepAliveTimeout: 1000,
    noDelay: true,
  }
  if (protocol === 'ws') return createServer(timeouts, refuse)
  if (!certificates) throw new Error('a WSS listener without certificates')
  const server = createSecureServer(
    { ...certificates.serverOptions, ...timeouts, handshakeTimeout: limits.firstMessageMs },
    refuse,
  )
  certificates.follow(server)
  return server
}

const refuse: NonNullable<Parameters<typeof createServer>[1]> = (_request, response) => {
  response.writeHead(426, { Upgrade: 'websocket', 'Content-Type': 'text/plain', Connection: 'close' })
  response.end('SIP over WebSocket is spoken here (RFC 7118).\n')
}

class WebSocketListener implements Listener {
  readonly protocol: 'ws' | 'wss'
  readonly local: Endpoint
  readonly addresses: readonly string[]
  readonly advertised: Endpoint
  readonly external: boolean
  private readonly server: Server
  private readonly options: StreamOptions
  private readonly events: TransportEvents
  private readonly open = new Connections<WebSocketConnection>()
  private readonly upgrades: WebSocketServer

  constructor(
    server: Server,
    address: ListenAddress & { protocol: 'ws' | 'wss' },
    options: StreamOptions,
    events: TransportEvents,
  ) {
    const { local, addresses, advertised, external } = boundTo(server, address)
    this.protocol = address.protocol
    this.local = local
    this.addresses = addresses
    this.advertised = advertised
    this.external = external
    this.server = server
    this.options = options
    this.events = {
      ...events,
      closed: (flow) => {
        this.open.remove(flow)
        events.closed(flow)
      },
    }
    this.upgrades = new WebSocketServer({
      noServer: true,
      maxPayload: options.limits.headBytes + options.limits.bodyBytes,
      perMessageDeflate: false,
      handleProtocols: () => 'sip',
    })
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
    server.on('error', () => {})
  }

  get connections(): number {
    return this.open.size
  }

  /** Clients connect to us, never we to them (RFC 7118 section 5). */
  flowTo(remote: Endpoint): Flow | undefined {
    return this.open.find(remote)
  }

  closeFrom(is: (host: string) => boolean): void {
    this.open.close(is)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close')
    this.server.close()
    this.open.close()
    this.server.closeAllConnections()
    await closed
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { remoteAddress, remotePort } = request.socket
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
    const { wsOrigins, limits } = this.options
    const refused = !offered.includes('sip')
      ? '400 Bad Request'
      : wsOrigins.length > 0 && !wsOrigins.includes(request.headers.origin ?? '')
        ? '403 Forbidden'
        : undefined
    if (refused !== undefined || remoteAddress === undefined || remotePort === undefined) {
      socket.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const remote = { host: plainAddress(remoteAddress), port: remotePort }
    this.upgrades.handleUpgrade(request, socket, head, (client) => {
      this.open.add(new WebSocketConnection(client, request.socket as Socket, remote, this, limits, this.events))
    })
  }
}
