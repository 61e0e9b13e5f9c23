import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Connection } from './connection.ts'
import type { ServerContext } from './server-context.ts'

/** The TCP side of the server: accepts clients. */
export class RpcServer {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  constructor(context: ServerContext) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
      new Connection(socket, context)
    })
  }

  /** Listens. Returns the port, which the system chose when 0 was asked for. Throws EADDRINUSE and its like. */
  async listen(host: string, port: number): Promise<number> {
    this.#server.listen(port, host)
    await once(this.#server, 'listening')
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    const closed = this.#server.listening ? once(this.#server, 'close') : undefined
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }
}
