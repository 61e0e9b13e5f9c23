import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { RecordingKeys } from '@ringdown/db/recordings'
import { z } from 'zod'
import { callTimes } from './call-times.ts'

export { callTimes }

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['0', '1']).transform((v) => v === '1')
const ms = z.coerce.number().int().positive()

/** `scheme://:secret@host:port`: where a server of ours listens, and the secret shared with it. */
const endpoint = (scheme: string) =>
  z
    .url({ protocol: new RegExp(`^${scheme}$`), error: `expected ${scheme}://:secret@host:port` })
    .transform((text) => new URL(text.replace(`${scheme}:`, 'http:')))
    .transform((url) => ({
      host: url.hostname,
      port: Number(url.port),
      secret: decodeURIComponent(url.password || url.username),
    }))

const Env = z.object({
  RINGDOWN_HTTP_HOST: z.string().default('127.0.0.1'),
  RINGDOWN_HTTP_PORT: port.default(8080),
  DATABASE_URL: z.url(),
  REDIS_URL: z.url(),
  RINGDOWN_REDIS_PREFIX: z.string().max(60).default(''),
  DRACHTIO_URL: endpoint('drachtio'),
  MEDIA_URL: endpoint('media'),
  RINGDOWN_SESSION_SECRET: z.string().min(16),
  RINGDOWN_RECORDING_DIR: z.string().min(1),
  RINGDOWN_RECORDING_KEY: RecordingKeys.optional(),
  RINGDOWN_PROMPT_DIR: z.string().min(1),
  RINGDOWN_UI_DIR: z.string().min(1).optional(),
  RINGDOWN_SIP_CAPTURE_URL: z.url().optional(),
  RINGDOWN_SIP_PUBLIC: z.string().default('127.0.0.1:5060'),
  RINGDOWN_GATEWAY_ID: z
    .string()
    .max(64)
    .default(() => `gw-${randomUUID().slice(0, 8)}`),
  RINGDOWN_DEMO: flag.default(false),
  RINGDOWN_SETUP_TOKEN: z.string().min(8).optional(),
  RINGDOWN_TRUST_PROXY: z.string().optional(),
  RINGDOWN_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** How long a page may be away (reload, lost socket) before its agent is signed out of routing. */
  RINGDOWN_PAGE_GRACE_MS: ms.default(15_000),
  /** A browser whose audio is lost while ringing is given up after this time. */
  RINGDOWN_DEVICE_GRACE_MS: ms.default(3_000),
  RINGDOWN_CALLER_SILENT_MS: ms.default(callTimes.RINGDOWN_CALLER_SILENT_MS.fallback),
  RINGDOWN_STRANDED_SILENT_MS: ms.default(callTimes.RINGDOWN_STRANDED_SILENT_MS.fallback),
  RINGDOWN_MEDIA_LOST_MS: ms.default(callTimes.RINGDOWN_MEDIA_LOST_MS.fallback),
  RINGDOWN_DIRECT_OFFER_MS: ms.default(callTimes.RINGDOWN_DIRECT_OFFER_MS.fallback),
  RINGDOWN_LOOK_UP_MS: ms.default(callTimes.RINGDOWN_LOOK_UP_MS.fallback),
  RINGDOWN_GATEWAY_HEARTBEAT_MS: ms.default(2_000),
  RINGDOWN_GATEWAY_DEAD_MS: ms.default(10_000),
  RINGDOWN_SWEEP_MS: ms.default(1_000),
  /** The pause after a trunk's first failed registration; it doubles from failure to failure. */
  RINGDOWN_TRUNK_RETRY_MS: ms.default(2_000),
  RINGDOWN_RATE_LIMIT_PER_MINUTE: ms.default(1_200),
  RINGDOWN_SIGN_IN_LIMIT_PER_MINUTE: ms.default(10),
})

export type Config = {
  http: { host: string; port: number; trustProxy: string | null; ratePerMinute: number; signInsPerMinute: number }
  databaseUrl: string
  redisUrl: string
  redisPrefix: string
  drachtio: { host: string; port: number; secret: string }
  media: { host: string; port: number; secret: string }
  sessionSecret: string
  recordingDir: string
  /** Open the sealed ones; plain WAV files need none. */
  recordingKeys: RecordingKeys
  promptDir: string
  uiDir: string | null
  sipCaptureUrl: string | null
  /** `host:port` that callers dial. */
  sipPublic: string
  gatewayId: string
  demo: boolean
  setupToken: string | null
  logLevel: string
  /** How long what is lost or late is waited for. */
  graces: {
    pageMs: number
    deviceMs: number
    gatewayDeadMs: number
    callerSilentMs: number
    strandedSilentMs: number
    mediaLostMs: number
    directOfferMs: number
    lookUpMs: number
  }
  heartbeatMs: number
  sweepMs: number
  trunkRetryMs: number
}

/**
 * The gateway's settings from its environment.
 * @throws an error that names each wrong setting and what was expected.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = Env.safeParse(env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) => `  ${i.path.join('.')}: ${i.message}`)
    throw new Error(`the gateway's settings are wrong:\n${lines.join('\n')}`)
  }
  const e = parsed.data
  return {
    http: {
      host: e.RINGDOWN_HTTP_HOST,
      port: e.RINGDOWN_HTTP_PORT,
      trustProxy: e.RINGDOWN_TRUST_PROXY ?? null,
      ratePerMinute: e.RINGDOWN_RATE_LIMIT_PER_MINUTE,
      signInsPerMinute: e.RINGDOWN_SIGN_IN_LIMIT_PER_MINUTE,
    },
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    redisPrefix: e.RINGDOWN_REDIS_PREFIX,
    drachtio: e.DRACHTIO_URL,
    media: e.MEDIA_URL,
    sessionSecret: e.RINGDOWN_SESSION_SECRET,
    recordingDir: resolve(e.RINGDOWN_RECORDING_DIR),
    recordingKeys: e.RINGDOWN_RECORDING_KEY ?? new Map(),
    promptDir: resolve(e.RINGDOWN_PROMPT_DIR),
    uiDir: e.RINGDOWN_UI_DIR ? resolve(e.RINGDOWN_UI_DIR) : null,
    sipCaptureUrl: e.RINGDOWN_SIP_CAPTURE_URL ?? null,
    sipPublic: e.RINGDOWN_SIP_PUBLIC,
    gatewayId: e.RINGDOWN_GATEWAY_ID,
    demo: e.RINGDOWN_DEMO,
    setupToken: e.RINGDOWN_SETUP_TOKEN ?? null,
    logLevel: e.RINGDOWN_LOG_LEVEL,
    graces: {
      pageMs: e.RINGDOWN_PAGE_GRACE_MS,
      deviceMs: e.RINGDOWN_DEVICE_GRACE_MS,
      gatewayDeadMs: e.RINGDOWN_GATEWAY_DEAD_MS,
      callerSilentMs: e.RINGDOWN_CALLER_SILENT_MS,
      strandedSilentMs: e.RINGDOWN_STRANDED_SILENT_MS,
      mediaLostMs: e.RINGDOWN_MEDIA_LOST_MS,
      directOfferMs: e.RINGDOWN_DIRECT_OFFER_MS,
      lookUpMs: e.RINGDOWN_LOOK_UP_MS,
    },
    heartbeatMs: e.RINGDOWN_GATEWAY_HEARTBEAT_MS,
    sweepMs: e.RINGDOWN_SWEEP_MS,
    trunkRetryMs: e.RINGDOWN_TRUNK_RETRY_MS,
  }
}
