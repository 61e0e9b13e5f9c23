import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { PortClaim } from './check-ports.ts'
import type { Secrets } from './secrets.ts'
import type { Environment, Settings } from './settings.ts'
import { ownerVariable } from './stop-leftovers.ts'

export type ProcessName = 'sip' | 'media' | 'gateway' | 'workers'

/** What the start command decided before: where the databases are, and what is in them. */
export type Plan = {
  root: string
  settings: Settings
  secrets: Secrets
  /** The user's own environment; what it sets for one process reaches that process. */
  env: Environment
  demo: boolean
}

const local = '127.0.0.1'

export const mainScripts = {
  sip: 'gateway/sip/src/main.ts',
  media: 'gateway/media/src/main.ts',
  gateway: 'gateway/src/main.ts',
  workers: 'workers/src/main.ts',
} as const satisfies Record<ProcessName, string>

/** Our own SIP or media server is left out where the settings name another. */
export function wantedProcesses({ drachtioUrl, mediaUrl }: Settings): ProcessName[] {
  return [...(drachtioUrl ? [] : ['sip' as const]), ...(mediaUrl ? [] : ['media' as const]), 'gateway', 'workers']
}

export function databaseUrl({ settings, secrets }: Plan): string {
  return (
    settings.databaseUrl ??
    `postgres://ringdown:${encodeURIComponent(secrets.postgres)}@${local}:${settings.postgresPort}/ringdown`
  )
}

export function redisUrl({ settings, secrets }: Plan): string {
  return settings.redisUrl ?? `redis://:${encodeURIComponent(secrets.redis)}@${local}:${settings.redisPort}/0`
}

/** `host:port` that callers dial. */
export function sipAddress({ publicAddress, sipPort }: Settings): string {
  return hostPort(publicAddress, sipPort)
}

/** The whole environment of a process. */
export function environmentOf(name: ProcessName, plan: Plan): Environment {
  return { ...plan.env, [ownerVariable]: plan.settings.dataDir, ...own[name](plan) }
}

const own: Record<ProcessName, (plan: Plan) => Environment> = {
  sip: ({ settings, secrets }) => ({
    RINGDOWN_SIP_LISTEN: ['udp', 'tcp']
      .map((protocol) => `${protocol}:${hostPort(settings.host, settings.sipPort)}`)
      .join(','),
    RINGDOWN_SIP_EXTERNAL_ADDRESS: settings.publicAddress,
    RINGDOWN_SIP_ADMIN_HOST: local,
    RINGDOWN_SIP_ADMIN_PORT: String(settings.drachtioPort),
    RINGDOWN_SIP_SECRET: secrets.sip,
    RINGDOWN_SIP_METRICS_PORT: String(settings.sipOpsPort),
    RINGDOWN_SIP_LOG_LEVEL: settings.logLevel,
  }),
  media: ({ settings, secrets }) => ({
    RINGDOWN_MEDIA_HOST: settings.host,
    RINGDOWN_MEDIA_PUBLIC_ADDRESS: settings.publicAddress,
    RINGDOWN_MEDIA_RPC_HOST: local,
    RINGDOWN_MEDIA_RPC_PORT: String(settings.mediaPort),
    RINGDOWN_MEDIA_SECRET: secrets.media,
    RINGDOWN_MEDIA_RTP_PORTS: settings.rtpPorts,
    RINGDOWN_MEDIA_PROMPT_DIR: promptDir(settings),
    RINGDOWN_MEDIA_RECORDING_DIR: recordingDir(settings),
    RINGDOWN_MEDIA_RECORDING_KEY: settings.recordingKey ?? secrets.recordings,
    RINGDOWN_MEDIA_METRICS_PORT: String(settings.mediaOpsPort),
    RINGDOWN_MEDIA_LOG_LEVEL: settings.logLevel,
  }),
  gateway: (plan) => {
    const { root, settings, secrets, demo } = plan
    return {
      RINGDOWN_HTTP_HOST: settings.host,
      RINGDOWN_HTTP_PORT: String(settings.httpPort),
      DATABASE_URL: databaseUrl(plan),
      REDIS_URL: redisUrl(plan),
      RINGDOWN_REDIS_PREFIX: settings.redisPrefix,
      DRACHTIO_URL:
        settings.drachtioUrl ?? `drachtio://:${encodeURIComponent(secrets.sip)}@${local}:${settings.drachtioPort}`,
      MEDIA_URL: settings.mediaUrl ?? `media://:${encodeURIComponent(secrets.media)}@${local}:${settings.mediaPort}`,
      RINGDOWN_SESSION_SECRET: secrets.session,
      RINGDOWN_RECORDING_DIR: recordingDir(settings),
      RINGDOWN_RECORDING_KEY: settings.recordingKey ?? secrets.recordings,
      RINGDOWN_PROMPT_DIR: promptDir(settings),
      RINGDOWN_UI_DIR: join(root, 'agent-ui/dist'),
      // drachtio-server has no such endpoint: calls then have no ladder
      RINGDOWN_SIP_CAPTURE_URL: settings.drachtioUrl ? undefined : `http://${local}:${settings.sipOpsPort}`,
      RINGDOWN_SIP_PUBLIC: sipAddress(settings),
      RINGDOWN_GATEWAY_ID: gatewayId(settings),
      RINGDOWN_DEMO: demo ? '1' : '0',
      RINGDOWN_SETUP_TOKEN: secrets.setup,
      RINGDOWN_LOG_LEVEL: settings.logLevel,
    }
  },
  workers: (plan) => ({
    DATABASE_URL: databaseUrl(plan),
    REDIS_URL: redisUrl(plan),
    RINGDOWN_REDIS_PREFIX: plan.settings.redisPrefix,
    RINGDOWN_RECORDING_DIR: recordingDir(plan.settings),
    RINGDOWN_RECORDING_KEY: plan.settings.recordingKey ?? plan.secrets.recordings,
    RINGDOWN_WORKERS_METRICS_PORT: String(plan.settings.workersOpsPort),
    RINGDOWN_LOG_LEVEL: plan.settings.logLevel,
  }),
}

/** Every port that the start command is going to take. */
export function portClaims({ dev, ...settings }: Settings & { dev: boolean }): PortClaim[] {
  const tcp = (setting: string, port: number, host = local): PortClaim => ({ setting, host, port, protocol: 'tcp' })
  return [
    tcp('RINGDOWN_HTTP_PORT', settings.httpPort, settings.host),
    tcp('RINGDOWN_WORKERS_OPS_PORT', settings.workersOpsPort),
    ...(dev ? [tcp('RINGDOWN_UI_DEV_PORT', settings.uiDevPort)] : []),
    ...(settings.databaseUrl ? [] : [tcp('RINGDOWN_PG_PORT', settings.postgresPort)]),
    ...(settings.redisUrl ? [] : [tcp('RINGDOWN_REDIS_PORT', settings.redisPort)]),
    ...(settings.drachtioUrl
      ? []
      : [
          tcp('RINGDOWN_SIP_PORT', settings.sipPort, settings.host),
          { ...tcp('RINGDOWN_SIP_PORT', settings.sipPort, settings.host), protocol: 'udp' as const },
          tcp('RINGDOWN_DRACHTIO_PORT', settings.drachtioPort),
          tcp('RINGDOWN_SIP_OPS_PORT', settings.sipOpsPort),
        ]),
    ...(settings.mediaUrl
      ? []
      : [tcp('RINGDOWN_MEDIA_PORT', settings.mediaPort), tcp('RINGDOWN_MEDIA_OPS_PORT', settings.mediaOpsPort)]),
  ]
}

export function promptDir({ dataDir }: Pick<Settings, 'dataDir'>): string {
  return join(dataDir, 'prompts')
}

export function recordingDir({ dataDir }: Pick<Settings, 'dataDir'>): string {
  return join(dataDir, 'recordings')
}

/** The same after every restart, and different on every machine and for every copy on one machine. */
function gatewayId({ dataDir }: Settings): string {
  return `gw-${createHash('sha256').update(`${hostname()} ${dataDir}`).digest('hex').slice(0, 8)}`
}

function hostPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}
