import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net'

/** A wire to a server that a test can cut and mend. */
export type Cable = AsyncDisposable & { url: string; cut(): Promise<void>; mend(): Promise<void> }

/** @param url of a TCP server; the cable's own names another port of 127.0.0.1 */
export async function layCable(url: string): Promise<Cable> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let port = 0

  async function mend(): Promise<void> {
    server = createServer((near) => {
      const far = createConnection(Number(target.port), target.hostname)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one)
        one.on('error', () => undefined)
        one.on('close', () => {
          sockets.delete(one)
          other.destroy()
        })
        one.pipe(other)
      }
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }

  async function cut(): Promise<void> {
    const closed = new Promise((done) => (server ? server.close(done) : done(undefined)))
    for (const socket of sockets) socket.destroy()
    await closed
    server = undefined
  }

  await mend()
  const own = new URL(url)
  own.hostname = '127.0.0.1'
  own.port = String(port)
  return { url: own.href, cut, mend, [Symbol.asyncDispose]: cut }
}
