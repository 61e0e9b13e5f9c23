import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { type Logger, pino } from 'pino'
import { Capture } from './capture.ts'
import { environmentName } from './config/environment.ts'
import type { SipServerConfig } from './config/settings.ts'
import type { Core } from './core/core.ts'
import type { IncomingRequest } from './core/incoming-request.ts'
import { receive } from './core/receive.ts'
import { RegisteredFlows } from './core/registered-flows.ts'
import { Dialogs } from './dialog/dialogs.ts'
import { DnsCache } from './dns/dns-cache.ts'
import { DnsResolver } from './dns/dns-resolver.ts'
import { Intake } from './limits/intake.ts'
import { networks, sourceOf } from './limits/source.ts'
import { SourceWatch } from './limits/source-watch.ts'
import { Metrics } from './metrics.ts'
import { OpsServer } from './ops-server.ts'
import { RequestHandlers } from './outbound/request-handlers.ts'
import { Load } from './overload/load.ts'
import { ChallengedTargets } from './proxy/challenged-targets.ts'
import { Seal } from './proxy/seal.ts'
import { EventLoopScheduler } from './transaction/scheduler.ts'
import { Transactions } from './transaction/transactions.ts'
import { Certificates } from './transport/certificates.ts'
import { ConnectionSlots } from './transport/connection-slots.ts'
import type { Endpoint, Protocol } from './transport/flow.ts'
import type { TransportEvents } from './transport/listener.ts'
import type { ConnectionLimits } from './transport/stream-connection.ts'
import { Transports } from './transport/transports.ts'
import type { AppConnection } from './wire/app-connection.ts'
import { type AdminTls, AppServer } from './wire/app-server.ts'
import { CallRecords } from './wire/call-records.ts'
import { Routes } from './wire/routes.ts'
import { Apps } from './wire/serve-app.ts'

/** A SIP server that is up. `await using` closes it. */
export interface SipServer extends AsyncDisposable {
  /** The bound SIP sockets, with their real ports, in the order of the setting. */
  readonly listeners: readonly (Endpoint & { readonly protocol: Protocol })[]
  readonly admin: Endpoint
  /** Undefined when applications can not connect by TLS. */
  readonly adminTls: Endpoint | undefined
  /** Undefined when no metrics port is set. */
  readonly ops: Endpoint | undefined
  /** Reads keys and certificates again; calls go on. Rejects, and changes nothing, when a file is wrong. */
  reloadCertificates(): Promise<void>
  /** Takes nothing new from now on, and resolves when all calls are over, or after this time. */
  drain(withinMs: number): Promise<void>
}

/** Opens everything; when a port is taken, closes what is open and rejects with the port and its setting. */
export async function openSipServer(config: SipServerConfig, log?: Logger): Promise<SipServer> {
  await using opened = new AsyncDisposableStack()
  const logger = log ?? pino({ name: 'sip', level: config.logLevel })
  const capture = new Capture({
    calls: config.captureCalls,
    messagesPerCall: config.captureMessagesPerCall,
    bytes: config.captureBytes,
  })
  const metrics = new Metrics()
  const scheduler = opened.use(new EventLoopScheduler())
  const transactions = new Transactions<IncomingRequest>()
  const dialogs = new Dialogs<AppConnection>()
  const registered = new RegisteredFlows()
  const routes = new Routes()

  const sources = new SourceWatch(
    {
      trusted: networks(config.trusted),
      requestsPerSecond: config.sourceRequestsPerSecond,
      requestsBurst: config.sourceRequestsBurst,
      failuresPerMinute: config.sourceFailuresPerMinute,
      failuresBurst: config.sourceFailuresBurst,
      banMs: config.banMs,
      scanners: config.scanners === '' ? undefined : new RegExp(config.scanners, 'i'),
    },
    (source, reason) => {
      metrics.bans.inc({ reason })
      logger.warn({ source, reason, forMs: config.banMs }, 'source banned')
      transports.closeFrom((host) => sourceOf(host) === source)
    },
  )
  const load = new Load({
    utilization: config.overloadUtilization,
    appDelayMs: config.overloadAppDelayMs,
    minCalls: config.overloadMinCalls,
  })
  const intake = opened.use(
    new Intake(
      sources,
      load,
      {
        refuseWith: config.refuseWith,
        windowMs: config.overloadWindowMs,
        retryAfterS: config.overloadRetryAfterS,
      },
      metrics,
    ),
  )

  const events: TransportEvents = {
    admits: (host) => intake.admits(host),
    received: (bytes, flow) => receive(core, bytes, flow),
    sent: (bytes, flow) => capture.sent(bytes, flow),
    garbled: (reason, flow) => logger.warn({ remote: flow.remote, reason }, 'stream lost its framing'),
    cut: (reason, remote, protocol) => {
      metrics.connectionsCut.inc({ reason, protocol })
      logger.debug({ remote, protocol, reason }, 'connection closed')
    },
    needed: (flow) => registered.has(flow) || dialogs.some(({ override }) => override === flow),
    closed: (flow) => registered.forget(flow),
  }
  const listen = config.listen.map((address) => ({
    ...address,
    externalHost: address.externalHost ?? config.externalAddress,
  }))
  const certificates = await certificatesOf(config)
  const streams = {
    limits: connectionLimits(config),
    slots: new ConnectionSlots(config.streamConnections, config.streamConnectionsPerSource),
    certificates,
    wsOrigins: config.wsOrigins,
  }
  const transports = opened.use(await named(Transports.open(listen, streams, events), 'listen'))

  const dns = new DnsCache({
    servers: config.dnsServers,
    cacheMs: config.dnsCacheMs,
    negativeMs: Math.min(5000, config.dnsCacheMs),
    timeoutMs: config.dnsTimeoutMs,
  })
  const usable = (protocol: Protocol) => transports.listeners.some((listener) => listener.protocol === protocol)
  const resolver = new DnsResolver(dns, usable, config.dnsFailedMs)

  const core: Core = {
    log: logger,
    timers: { t1: config.t1Ms, t2: config.t2Ms, t4: config.t4Ms },
    scheduler,
    resolver,
    transports,
    transactions,
    dialogs,
    incoming: new Map(),
    outgoing: new Map(),
    routes,
    apps: opened.use(new Apps(config.secret)),
    handlers: new RequestHandlers(config.handlers),
    registered,
    challenged: new ChallengedTargets(),
    seal: new Seal(config.secret),
    callRecords: new CallRecords(routes, config.cdrs),
    capture,
    metrics,
    intake,
    policy: {
      answerTimeoutMs: config.answerTimeoutMs,
      natDetection: config.natDetection,
      timerCMs: config.timerCMs,
      handlerTimeoutMs: config.handlerTimeoutMs,
      handlerVerify: config.handlerVerify,
      minSessionS: config.minSessionS,
      sessionRefresher: config.sessionRefresher,
      answerOptions: config.answerOptions,
      orphanRequests: config.orphanRequests,
      orphanDialogMs: config.orphanDialogMs,
    },
  }
  metrics.watchListeners(transports.listeners)
  if (certificates) metrics.watchCertificates(certificates)
  dialogs.whenEnded(({ origin }, lastedMs) => metrics.sessions.ended(origin.role === 'uas' ? 'in' : 'out', lastedMs))
  metrics.watchTables({
    server_transactions: () => transactions.serverCount,
    client_transactions: () => transactions.clientCount,
    dialogs: () => dialogs.size,
    pending_requests: () => core.incoming.size,
    bans: () => sources.bans.size,
    sources: () => sources.size,
    accepted_share: () => intake.share,
  })

  metrics.watchApps(() => core.apps.size)

  const adminAt = (port: number) => ({ host: config.adminHost, port })
  const admin = opened.use(await named(AppServer.listen(core, adminAt(config.adminPort)), 'adminPort'))
  const tls = await adminTls(config)
  const adminTlsServer =
    tls && opened.use(await named(AppServer.listen(core, adminAt(config.adminTlsPort ?? 0), tls), 'adminTlsPort'))
  const ops =
    config.metricsPort === undefined
      ? undefined
      : opened.use(
          await named(
            OpsServer.listen(
              { host: config.metricsHost, port: config.metricsPort },
              {
                metrics,
                capture,
                secret: config.secret,
                bans: sources.bans,
                apps: () => core.apps.size,
                draining: () => intake.draining,
                drain: () => intake.drain(),
              },
            ),
            'metricsPort',
          ),
        )
  const stack = opened.move()
  return {
    listeners: transports.listeners.map(({ protocol, local }) => ({ protocol, ...local })),
    admin: admin.local,
    adminTls: adminTlsServer?.local,
    ops: ops?.local,
    drain: (withinMs) => {
      intake.drain()
      return untilIdle(() => dialogs.size + core.incoming.size + core.outgoing.size === 0, withinMs)
    },
    reloadCertificates: async () => certificates?.reload(),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function certificatesOf(config: SipServerConfig): Promise<Certificates | undefined> {
  if (config.tlsCertificates.length === 0) return undefined
  return Certificates.load({
    certificates: config.tlsCertificates,
    keys: config.tlsKeys,
    authorities: config.tlsAuthorities,
    mutual: config.tlsMutual,
    verify: config.tlsVerify,
  })
}

function connectionLimits(config: SipServerConfig): ConnectionLimits {
  return {
    headBytes: config.streamHeadBytes,
    bodyBytes: config.streamBodyBytes,
    unsentBytes: config.streamUnsentBytes,
    firstMessageMs: config.streamFirstMessageMs,
    messageMs: config.streamMessageMs,
    idleMs: config.streamIdleMs,
    pingMs: config.streamPingMs,
  }
}

async function untilIdle(idle: () => boolean, withinMs: number): Promise<void> {
  const until = Date.now() + withinMs
  while (!idle() && Date.now() < until) await delay(Math.min(50, withinMs))
}

/** Certificate and key of the encrypted admin port, if there is to be one. */
async function adminTls(config: SipServerConfig): Promise<AdminTls | undefined> {
  const { adminTlsPort, adminTlsCertificate, adminTlsKey } = config
  if (adminTlsPort === undefined || adminTlsCertificate === undefined) return undefined
  const cert = await readFile(adminTlsCertificate)
  return { cert, key: adminTlsKey === undefined ? cert : await readFile(adminTlsKey) }
}

/** Turns 'address in use' into words that say what to change. */
async function named<T>(
  opening: Promise<T>,
  setting: 'listen' | 'adminPort' | 'adminTlsPort' | 'metricsPort',
): Promise<T> {
  try {
    return await opening
  } catch (error) {
    const { code, port, address } = error as { code?: string; port?: number; address?: string }
    if (code !== 'EADDRINUSE' && code !== 'EADDRNOTAVAIL' && code !== 'EACCES') throw error
    const why = { EADDRINUSE: 'is taken', EADDRNOTAVAIL: 'is no address of this machine', EACCES: 'is not allowed' }[
      code
    ]
    throw new Error(`${address}:${port} ${why}: change ${environmentName(setting)}`, { cause: error })
  }
}
