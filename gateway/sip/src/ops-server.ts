import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Capture } from './capture.ts'
import type { Metrics } from './metrics.ts'
import type { Endpoint } from './transport/flow.ts'

export type OpsParts = {
  metrics: Metrics
  capture: Capture
  secret: string
  /** Applications connected at present. */
  apps(): number
}

/** HTTP for operators: /metrics, /healthz, /readyz (200 once an application takes requests), and /captures/<Call-ID> with the secret as bearer token. */
export class OpsServer implements AsyncDisposable {
  readonly local: Endpoint
  private readonly close: () => Promise<void>

  private constructor(local: Endpoint, close: () => Promise<void>) {
    this.local = local
    this.close = close
  }

  /** Listens. Rejects when the port is taken. */
  static async listen(address: Endpoint, parts: OpsParts): Promise<OpsServer> {
    const server = createServer((request, response) => {
      answer(request, response, parts).catch(() => response.destroy())
    })
    server.listen({ host: address.host, port: address.port })
    await once(server, 'listening')
    const bound = server.address()
    if (bound === null || typeof bound === 'string') throw new Error('the ops port has no address')
    return new OpsServer({ host: bound.address, port: bound.port }, async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics, capture, secret, apps }: OpsParts,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? ''
  if (request.method !== 'GET') return json(response, 405, { error: 'method not allowed' })
  if (path === '/healthz') return json(response, 200, { status: 'ok' })
  if (path === '/readyz') {
    const ready = apps() > 0
    return json(response, ready ? 200 : 503, ready ? { status: 'ok' } : { status: 'no application is connected' })
  }
  if (path === '/metrics') {
    response.setHeader('Content-Type', metrics.registry.contentType)
    response.end(await metrics.registry.metrics())
    return
  }
  if (!path.startsWith('/captures/')) return json(response, 404, { error: 'not found' })
  if (!isBearer(request.headers.authorization, secret)) return json(response, 401, { error: 'bearer token needed' })
  const messages = capture.messages(decode(path.slice('/captures/'.length)))
  if (messages) json(response, 200, messages)
  else json(response, 404, { error: 'no capture of this Call-ID' })
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}

function isBearer(header: string | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${secret}`))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
