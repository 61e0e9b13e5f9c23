import { createServer, type IncomingMessage, type Server } from 'node:http'
import { resolve } from 'node:path'
import express, { type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import type { RunCommand } from '../commands/run-command.ts'
import type { Config } from '../config.ts'
import type { Metrics } from '../ops/metrics.ts'
import { createAddressOf } from './address-of.ts'
import { bindCommands } from './bind-commands.ts'
import { bindOperations } from './bind-operations.ts'
import type { Caller } from './caller.ts'
import { csrf } from './middleware/csrf.ts'
import { failures } from './middleware/failures.ts'
import { limitRequests, limitSignIns } from './middleware/limits.ts'
import { docsPage } from './openapi/docs-page.ts'
import { openApiDocument } from './openapi/document.ts'
import type { OperationHandlers } from './operation-handlers.ts'
import { refuse } from './refuse.ts'

export type HttpParts = {
  config: Config
  log: Logger
  operations: OperationHandlers
  run: RunCommand
  callerOfCookie(cookie: string | undefined): Promise<Caller | undefined>
  metrics: Pick<Metrics, 'httpSeconds'>
  /** Routes that stream rather than answer JSON: recordings, health, metrics. */
  streams(app: Express): void
}

export type HttpServer = {
  http: Server
  /** Where a request came from, seen through trusted proxies. */
  addressOf(request: IncomingMessage): string
}

/** The HTTP server: limits, session, contract, pages. Listening is up to the caller. */
export function createHttpServer(parts: HttpParts): HttpServer {
  const { config } = parts
  const app = express()
  app.disable('x-powered-by')
  if (config.http.trustProxy) app.set('trust proxy', config.http.trustProxy)
  app.use(helmet({ contentSecurityPolicy: { directives: CONTENT_POLICY }, strictTransportSecurity: false }))
  app.use(express.json({ limit: '512kb' }))
  app.use('/api', timed(parts.metrics))
  app.use('/api', async (req, _res, next) => {
    const caller = await parts.callerOfCookie(req.headers.cookie)
    if (caller) req.caller = caller
    next()
  })
  app.use('/api', limitRequests(config.http.ratePerMinute), csrf)
  app.post('/api/session', limitSignIns(config.http.signInsPerMinute))
  app.use('/api', (_req, res, next) => {
    res.set('cache-control', 'no-store')
    next()
  })
  parts.streams(app)
  bindOperations(app, parts.operations, config)
  bindCommands(app, parts.run)
  describe(app)
  app.use('/api', (_req, res) =>
    refuse(res, { code: 'not_found', message: 'There is nothing at this address.', field: 'path' }),
  )
  if (config.uiDir) pages(app, config.uiDir)
  app.use(failures(parts.log))
  return { http: createServer(app), addressOf: createAddressOf(app) }
}

const timed =
  ({ httpSeconds }: Pick<Metrics, 'httpSeconds'>): RequestHandler =>
  (req, res, next) => {
    const stop = httpSeconds.startTimer({ method: req.method })
    res.once('finish', () => stop({ status: res.statusCode }))
    next()
  }

function describe(app: Express): void {
  const document = openApiDocument('/')
  const page = docsPage(document)
  app.get('/api/openapi.json', (_req, res) => void res.json(document))
  app.get('/api/docs', (_req, res) => void res.type('html').send(page))
}

/** The built pages: hashed assets for a year, the one HTML page for every other path. */
function pages(app: Express, uiDir: string): void {
  app.use('/assets', express.static(resolve(uiDir, 'assets'), { immutable: true, maxAge: '365d', fallthrough: false }))
  app.use(express.static(uiDir, { index: false, maxAge: '1h' }))
  app.get('/{*path}', (_req, res) => {
    res.set('cache-control', 'no-cache')
    res.sendFile(resolve(uiDir, 'index.html'))
  })
}

const CONTENT_POLICY = {
  defaultSrc: ["'self'"],
  // Ant Design writes its styles into the page.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:', 'data:', 'mediastream:'],
  connectSrc: ["'self'", 'ws:', 'wss:'],
  workerSrc: ["'self'", 'blob:'],
  scriptSrc: ["'self'"],
  upgradeInsecureRequests: null,
}
