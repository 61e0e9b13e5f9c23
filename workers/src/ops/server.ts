import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'
import type { Config } from '../config.ts'

/** /healthz, /readyz and /metrics of the workers. Workers that run are ready: they wait for what is away. */
export async function openOps(
  { host, metricsPort }: Pick<Config, 'host' | 'metricsPort'>,
  registry: Registry,
): Promise<AsyncDisposable & { port: number }> {
  const server = createServer(async (req, res) => {
    if (req.url === '/metrics') {
      res.setHeader('content-type', registry.contentType)
      res.end(await registry.metrics())
    } else if (req.url === '/healthz' || req.url === '/readyz') {
      res.setHeader('content-type', 'application/json')
      res.end('{"ok":true}')
    } else {
      res.statusCode = 404
      res.end()
    }
  })
  server.listen(metricsPort, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
