import { isIP } from 'node:net'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)
const ms = z.coerce.number().int().positive()
const count = z.coerce.number().int().min(0)

/** `udp:127.0.0.1:5060`, `tcp:[::1]:5060`, each with an optional external address: `udp:10.0.0.5:5060/203.0.113.7`. */
const ListenAddress = z.string().transform((text, context) => {
  const match = /^(udp|tcp):(\[[0-9a-f:.]+\]|[0-9.]+):(\d{1,5})(?:\/(\S+))?$/i.exec(text.trim())
  const host = match?.[2]?.replace(/^\[|\]$/g, '') ?? ''
  const number = port.safeParse(match?.[3])
  if (!match || isIP(host) === 0 || !number.success) {
    context.addIssue({ code: 'custom', message: `'${text}' is not udp:<ip address>:<port> or tcp:<ip address>:<port>` })
    return z.NEVER
  }
  const protocol = match[1]?.toLowerCase() === 'tcp' ? ('tcp' as const) : ('udp' as const)
  return { protocol, host, port: number.data, externalHost: match[4] }
})

const flag = z.union([z.boolean(), z.stringbool()])

/** All settings of the SIP server, with their defaults. */
export const SipServerConfig = z.object({
  /** Sockets for SIP; port 0 takes a free one. */
  listen: z
    .array(ListenAddress)
    .min(1)
    .default([
      { protocol: 'udp', host: '127.0.0.1', port: 5060, externalHost: undefined },
      { protocol: 'tcp', host: '127.0.0.1', port: 5060, externalHost: undefined },
    ]),
  /** Put into Via and Contact of every listener that has no external address of its own. */
  externalAddress: z.string().min(1).optional(),
  adminHost: z.string().min(1).default('127.0.0.1'),
  adminPort: port.default(9022),
  /** Shared with applications, and the bearer token of the capture endpoint. */
  secret: z.string().min(1),
  metricsHost: z.string().min(1).default('127.0.0.1'),
  /** Undefined: no HTTP. */
  metricsPort: port.optional(),
  t1Ms: ms.default(500),
  t2Ms: ms.default(4000),
  t4Ms: ms.default(5000),
  answerTimeoutMs: ms.default(64_000),
  natDetection: flag.default(true),
  orphanDialogMs: ms.default(4 * 3600 * 1000),
  cdrs: flag.default(false),
  captureCalls: count.default(1000),
  captureMessagesPerCall: count.default(200),
  captureBytes: count.default(32 * 1024 * 1024),
  streamHeadBytes: count.default(64 * 1024),
  streamBodyBytes: count.default(1024 * 1024),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})
export type SipServerConfig = z.infer<typeof SipServerConfig>
export type SipServerSettings = z.input<typeof SipServerConfig>

/** Which environment variable sets what. */
export const environmentNames = {
  listen: 'RINGDOWN_SIP_LISTEN',
  externalAddress: 'RINGDOWN_SIP_EXTERNAL_ADDRESS',
  adminHost: 'RINGDOWN_SIP_ADMIN_HOST',
  adminPort: 'RINGDOWN_SIP_ADMIN_PORT',
  secret: 'RINGDOWN_SIP_SECRET',
  metricsHost: 'RINGDOWN_SIP_METRICS_HOST',
  metricsPort: 'RINGDOWN_SIP_METRICS_PORT',
  t1Ms: 'RINGDOWN_SIP_T1_MS',
  t2Ms: 'RINGDOWN_SIP_T2_MS',
  t4Ms: 'RINGDOWN_SIP_T4_MS',
  answerTimeoutMs: 'RINGDOWN_SIP_ANSWER_TIMEOUT_MS',
  natDetection: 'RINGDOWN_SIP_NAT_DETECTION',
  orphanDialogMs: 'RINGDOWN_SIP_ORPHAN_DIALOG_MS',
  cdrs: 'RINGDOWN_SIP_CDRS',
  captureCalls: 'RINGDOWN_SIP_CAPTURE_CALLS',
  captureMessagesPerCall: 'RINGDOWN_SIP_CAPTURE_MESSAGES_PER_CALL',
  captureBytes: 'RINGDOWN_SIP_CAPTURE_BYTES',
  streamHeadBytes: 'RINGDOWN_SIP_STREAM_HEAD_BYTES',
  streamBodyBytes: 'RINGDOWN_SIP_STREAM_BODY_BYTES',
  logLevel: 'RINGDOWN_SIP_LOG_LEVEL',
} as const satisfies Record<keyof SipServerConfig, string>

/** Reads the settings from the environment. Throws an Error that names each wrong setting and what it should be. */
export function configFromEnvironment(environment: NodeJS.ProcessEnv): SipServerConfig {
  const given: Record<string, unknown> = {}
  for (const [setting, name] of Object.entries(environmentNames)) {
    const value = environment[name]
    if (value === undefined || value === '') continue
    given[setting] = setting === 'listen' ? value.split(',') : value
  }
  const parsed = SipServerConfig.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => {
    const setting = String(issue.path[0]) as keyof SipServerConfig
    const missing = given[setting] === undefined
    return `${environmentNames[setting]} ${missing ? 'is missing: set it' : `is wrong: ${issue.message}`}`
  })
  throw new Error(lines.join('\n'))
}
