import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Core } from '../core/core.ts'
import type { Endpoint } from '../transport/flow.ts'
import { serveApp } from './serve-app.ts'

/** Certificate and key of an encrypted admin port, as PEM. */
export type AdminTls = { readonly cert: Buffer; readonly key: Buffer }

const keepAlive = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 45_000 } as const

/** A port that applications connect to. */
export class AppServer implements AsyncDisposable {
  readonly local: Endpoint
  private readonly core: Core
  private readonly server: Server

  private constructor(core: Core, server: Server, local: Endpoint) {
    this.core = core
    this.server = server
    this.local = local
  }

  /** Listens, with TLS if there is a certificate. Rejects when the port is taken. */
  static async listen(core: Core, address: Endpoint, tls?: AdminTls): Promise<AppServer> {
    const server = tls
      ? createTlsServer({ ...keepAlive, ...tls }, (socket) => serveApp(core, socket))
      : createServer(keepAlive, (socket) => serveApp(core, socket))
    server.on('tlsClientError', (error) => core.log.debug({ error: error.message }, 'application without TLS'))
    server.listen({ host: address.host, port: address.port })
    await once(server, 'listening')
    const bound = server.address()
    if (bound === null || typeof bound === 'string') throw new Error('the admin port has no address')
    return new AppServer(core, server, { host: bound.address, port: bound.port })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close')
    this.server.close()
    this.core.apps[Symbol.dispose]()
    await closed
  }
}
