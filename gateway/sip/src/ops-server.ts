import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Capture } from './capture.ts'
import type { BanList } from './limits/ban-list.ts'
import type { Metrics } from './metrics.ts'
import type { Endpoint } from './transport/flow.ts'

export type OpsParts = {
  metrics: Metrics
  capture: Capture
  secret: string
  bans: BanList
  /** Applications connected at present. */
  apps(): number
  draining(): boolean
  drain(): void
}

/**
 * HTTP for operators: /metrics, /healthz, /readyz (200 while an application is there to take requests); with the secret as
 * bearer token also /captures/<Call-ID>, /bans, and POST /drain.
 */
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

/** One thing operators can ask for. `open` ones need no token. */
type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: RegExp
  readonly open: boolean
  answer(response: ServerResponse, parts: OpsParts, subject: string): void | Promise<void>
}

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/healthz$/, open: true, answer: (response) => json(response, 200, { status: 'ok' }) },
  {
    method: 'GET',
    path: /^\/readyz$/,
    open: true,
    answer(response, { apps, draining }) {
      const trouble = draining() ? 'draining' : apps() > 0 ? undefined : 'no application is connected'
      json(response, trouble === undefined ? 200 : 503, { status: trouble ?? 'ok' })
    },
  },
  {
    method: 'GET',
    path: /^\/metrics$/,
    open: true,
    async answer(response, { metrics }) {
      response.setHeader('Content-Type', metrics.registry.contentType)
      response.end(await metrics.registry.metrics())
    },
  },
  {
    method: 'GET',
    path: /^\/captures\/(.+)$/,
    open: false,
    answer(response, { capture }, callId) {
      const messages = capture.messages(callId)
      json(response, messages ? 200 : 404, messages ?? { error: 'no capture of this Call-ID' })
    },
  },
  {
    method: 'GET',
    path: /^\/bans$/,
    open: false,
    answer: (response, { bans }) => json(response, 200, bans.list(Date.now())),
  },
  {
    method: 'DELETE',
    path: /^\/bans\/(.+)$/,
    open: false,
    answer(response, { bans }, source) {
      const lifted = bans.lift(source)
      json(response, lifted ? 200 : 404, lifted ? { lifted: source } : { error: 'no such source is banned' })
    },
  },
  {
    method: 'POST',
    path: /^\/drain$/,
    open: false,
    answer(response, { drain }) {
      drain()
      json(response, 202, { status: 'draining' })
    },
  },
]

async function answer(request: IncomingMessage, response: ServerResponse, parts: OpsParts): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? ''
  const here = routes.filter((route) => route.path.test(path))
  const route = here.find(({ method }) => method === request.method)
  if (here.length === 0) return json(response, 404, { error: 'not found' })
  if (!route) return json(response, 405, { error: 'method not allowed' })
  if (!route.open && !isBearer(request.headers.authorization, parts.secret))
    return json(response, 401, { error: 'bearer token needed' })
  await route.answer(response, parts, decode(route.path.exec(path)?.[1] ?? ''))
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
