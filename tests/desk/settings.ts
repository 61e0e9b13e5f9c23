import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { ServerOptions } from './server-process.ts'

/** What all processes of one desk share. */
export type Ground = {
  databaseUrl: string
  redisUrl: string
  redisPrefix: string
  dataDir: string
  /** Given to every process last: timers of a test, for example. */
  overrides: Record<string, string>
}

export type GatewayPlace = {
  id: string
  httpPort: number
  drachtioPort: number
  mediaPort: number
  sipOpsPort?: number | undefined
}

const root = join(import.meta.dirname, '../..')
const host = '127.0.0.1'
const secret = 'shared by the processes of a test'
/** The binary of a C++ drachtio-server that the tests are to use in place of our SIP server. */
const foreignSip = process.env.RINGDOWN_TEST_DRACHTIO_SERVER
const recordingKey = randomBytes(32).toString('base64')

export function sipServer({ overrides }: Ground): ServerOptions {
  return {
    name: 'sip',
    script: foreignSip ? 'tests/desk/drachtio-server.ts' : 'gateway/sip/src/main.ts',
    env: {
      RINGDOWN_SIP_LISTEN: `udp:${host}:0,tcp:${host}:0`,
      RINGDOWN_SIP_ADMIN_PORT: '0',
      RINGDOWN_SIP_METRICS_PORT: '0',
      RINGDOWN_SIP_SECRET: secret,
      ...(foreignSip && { RINGDOWN_TEST_DRACHTIO_SERVER: foreignSip }),
      ...overrides,
    },
  }
}

export function mediaServer({ dataDir, overrides }: Ground): ServerOptions {
  return {
    name: 'media',
    script: 'gateway/media/src/main.ts',
    env: {
      RINGDOWN_MEDIA_HOST: host,
      RINGDOWN_MEDIA_RPC_PORT: '0',
      RINGDOWN_MEDIA_METRICS_PORT: '0',
      RINGDOWN_MEDIA_SECRET: secret,
      RINGDOWN_MEDIA_ICE_ADDRESS: host,
      RINGDOWN_MEDIA_PROMPT_DIR: promptDir(),
      RINGDOWN_MEDIA_RECORDING_DIR: recordingDir(dataDir),
      RINGDOWN_MEDIA_RECORDING_KEY: recordingKey,
      // a lost headset is noticed in a moment, so that no test waits for it
      RINGDOWN_MEDIA_WEBRTC_TIMEOUT_MS: '1000',
      ...overrides,
    },
  }
}

export function gateway(ground: Ground, { id, httpPort, drachtioPort, mediaPort, sipOpsPort }: GatewayPlace) {
  const password = encodeURIComponent(secret)
  return {
    name: id,
    script: 'gateway/src/main.ts',
    env: {
      ...databases(ground),
      RINGDOWN_HTTP_PORT: String(httpPort),
      DRACHTIO_URL: `drachtio://:${password}@${host}:${drachtioPort}`,
      MEDIA_URL: `media://:${password}@${host}:${mediaPort}`,
      RINGDOWN_SESSION_SECRET: 'the same for all gateways of a test',
      RINGDOWN_PROMPT_DIR: promptDir(),
      RINGDOWN_UI_DIR: join(root, 'agent-ui/dist'),
      ...(sipOpsPort && { RINGDOWN_SIP_CAPTURE_URL: `http://${host}:${sipOpsPort}` }),
      RINGDOWN_GATEWAY_ID: id,
      RINGDOWN_DEVICE_GRACE_MS: '500',
      RINGDOWN_PAGE_GRACE_MS: '8000',
      RINGDOWN_GATEWAY_HEARTBEAT_MS: '300',
      RINGDOWN_GATEWAY_DEAD_MS: '1500',
      RINGDOWN_SWEEP_MS: '300',
      RINGDOWN_RATE_LIMIT_PER_MINUTE: '100000',
      RINGDOWN_SIGN_IN_LIMIT_PER_MINUTE: '10000',
      ...ground.overrides,
    },
  } satisfies ServerOptions
}

export function workers(ground: Ground): ServerOptions {
  return {
    name: 'workers',
    script: 'workers/src/main.ts',
    env: { ...databases(ground), RINGDOWN_WORKERS_METRICS_PORT: '0', ...ground.overrides },
  }
}

export function recordingDir(dataDir: string): string {
  return join(dataDir, 'recordings')
}

const databases = ({ databaseUrl, redisUrl, redisPrefix, dataDir }: Ground) => ({
  DATABASE_URL: databaseUrl,
  REDIS_URL: redisUrl,
  RINGDOWN_REDIS_PREFIX: redisPrefix,
  RINGDOWN_RECORDING_DIR: recordingDir(dataDir),
  RINGDOWN_RECORDING_KEY: recordingKey,
})

function promptDir(): string {
  const dir = process.env.RINGDOWN_TEST_PROMPT_DIR
  if (!dir) throw new Error('RINGDOWN_TEST_PROMPT_DIR is not set: run this as one of the system tests')
  return dir
}
