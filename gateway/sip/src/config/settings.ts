import { z } from 'zod'
import { knownScanners } from '../limits/scanner.ts'
import { RequestHandlers } from '../outbound/request-handlers.ts'
import { ListenAddress } from './listen-address.ts'
import { Network } from './network.ts'

const port = z.coerce.number().int().min(0).max(65535)
const ms = z.coerce.number().int().positive()
const count = z.coerce.number().int().min(0)
const flag = z.union([z.boolean(), z.stringbool()])
const list = z.array(z.string().min(1))
const pattern = z.string().refine(isPattern, 'it is no regular expression')

/** All settings of the SIP server, with their defaults. What each means to an operator stands in the README. */
export const SipServerConfig = z
  .object({
    /** Sockets for SIP; port 0 takes a free one. */
    listen: z.array(ListenAddress).min(1).prefault(['udp:127.0.0.1:5060', 'tcp:127.0.0.1:5060']),
    /** Put into Via and Contact of every listener that has no external address of its own. */
    externalAddress: z.string().min(1).optional(),
    adminHost: z.string().min(1).default('127.0.0.1'),
    adminPort: port.default(9022),
    /** Undefined: no TLS for applications. */
    adminTlsPort: port.optional(),
    /** PEM files; without a key it stands in the certificate's file. */
    adminTlsCertificate: z.string().min(1).optional(),
    adminTlsKey: z.string().min(1).optional(),
    /** `<method>[:GET|:POST]=<url>`: who decides about requests outside dialogs; `*` stands for every other method. */
    handlers: list.default([]),
    handlerTimeoutMs: ms.default(3000),
    /** Whether the certificates of handlers, and of applications they name, are checked. */
    handlerVerify: flag.default(true),
    /** Shared with applications, and the bearer token of the ops port. */
    secret: z.string().min(1),
    metricsHost: z.string().min(1).default('127.0.0.1'),
    /** Undefined: no HTTP. */
    metricsPort: port.optional(),
    t1Ms: ms.default(500),
    t2Ms: ms.default(4000),
    t4Ms: ms.default(5000),
    answerTimeoutMs: ms.default(64_000),
    timerCMs: ms.default(185_000),
    natDetection: flag.default(true),
    orphanDialogMs: ms.default(4 * 3600 * 1000),
    minSessionS: z.coerce.number().int().positive().default(90),
    sessionRefresher: z.enum(['none', 'uac', 'uas']).default('none'),
    answerOptions: z.enum(['never', 'unrouted', 'always']).default('never'),
    orphanRequests: z.enum(['hold', 'refuse']).default('hold'),
    cdrs: flag.default(false),
    captureCalls: count.default(1000),
    captureMessagesPerCall: count.default(200),
    captureBytes: count.default(32 * 1024 * 1024),
    /** PEM files, one per name or group of names; the first is for clients that ask for none. */
    tlsCertificates: list.default([]),
    /** PEM files in the same order; without them the keys stand in the files of the certificates. */
    tlsKeys: list.default([]),
    /** PEM file of the authorities to trust instead of the well-known ones. */
    tlsAuthorities: z.string().min(1).optional(),
    /** Whether clients have to show a certificate of these authorities. */
    tlsMutual: flag.default(false),
    /** Whether the certificates of servers we connect to are checked. */
    tlsVerify: flag.default(true),
    /** Values of Origin that may open WebSockets; empty for all. */
    wsOrigins: list.default([]),
    streamHeadBytes: count.default(64 * 1024),
    streamBodyBytes: count.default(1024 * 1024),
    streamUnsentBytes: count.default(4 * 1024 * 1024),
    streamConnections: count.default(10_000),
    streamConnectionsPerSource: count.default(1000),
    streamFirstMessageMs: ms.default(10_000),
    streamMessageMs: ms.default(10_000),
    streamIdleMs: ms.default(15 * 60 * 1000),
    streamPingMs: ms.default(30_000),
    /** Networks that no limit per source applies to. */
    trusted: z.array(Network).default(['127.0.0.0/8', '::1']),
    sourceRequestsPerSecond: count.default(100),
    sourceRequestsBurst: z.coerce.number().int().positive().default(300),
    sourceFailuresPerMinute: count.default(10),
    sourceFailuresBurst: z.coerce.number().int().positive().default(20),
    /** 0: nobody is banned. */
    banMs: count.default(10 * 60 * 1000),
    /** Looked for in User-Agent and From, in any case; empty: scanners are not looked for. */
    scanners: pattern.default(knownScanners),
    refuseWith: z.enum(['drop', '603']).default('drop'),
    /** Share of time the event loop may be busy before calls are refused. */
    overloadUtilization: z.coerce.number().positive().max(1).default(0.95),
    /** New calls in a window from which on they may be what keeps the event loop busy. */
    overloadMinCalls: count.default(5),
    overloadAppDelayMs: ms.default(200),
    overloadWindowMs: ms.default(100),
    overloadRetryAfterS: z.coerce.number().int().positive().default(2),
    /** How long SIGTERM lets calls go on; 0: not at all. */
    drainMs: count.default(0),
    /** Addresses of DNS servers; empty for the system's. */
    dnsServers: list.default([]),
    dnsCacheMs: ms.default(60_000),
    dnsTimeoutMs: ms.default(1500),
    /** How long an address that did not answer is tried last. */
    dnsFailedMs: ms.default(60_000),
    logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .superRefine((config, context) => {
    const wrong = (setting: string, message: string) => {
      context.addIssue({ code: 'custom', path: [setting], message })
    }
    const secure = config.listen.find(({ protocol }) => protocol === 'tls' || protocol === 'wss')
    if (secure && config.tlsCertificates.length === 0)
      wrong('tlsCertificates', `a ${secure.protocol} listener needs a certificate`)
    if (config.tlsKeys.length > 0 && config.tlsKeys.length !== config.tlsCertificates.length)
      wrong('tlsKeys', 'there must be one key for each certificate, or none')
    if (config.adminTlsPort !== undefined && config.adminTlsCertificate === undefined)
      wrong('adminTlsCertificate', 'an encrypted admin port needs a certificate')
    try {
      new RequestHandlers(config.handlers)
    } catch (error) {
      wrong('handlers', (error as Error).message)
    }
    if (config.tlsMutual && config.tlsAuthorities === undefined)
      wrong('tlsAuthorities', 'clients can only be asked for certificates of authorities that are named')
  })
export type SipServerConfig = z.infer<typeof SipServerConfig>
export type SipServerSettings = z.input<typeof SipServerConfig>

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}
