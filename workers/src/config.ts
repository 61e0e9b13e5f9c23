import { resolve } from 'node:path'
import { RecordingKeys } from '@ringdown/db/recordings'
import { z } from 'zod'

const Env = z.object({
  DATABASE_URL: z.url(),
  REDIS_URL: z.url(),
  RINGDOWN_REDIS_PREFIX: z.string().max(60).default(''),
  RINGDOWN_RECORDING_DIR: z.string().min(1),
  RINGDOWN_RECORDING_KEY: RecordingKeys.optional(),
  RINGDOWN_WORKERS_HOST: z.string().default('127.0.0.1'),
  RINGDOWN_WORKERS_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).default(9103),
  RINGDOWN_WORKERS_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  RINGDOWN_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Config = {
  databaseUrl: string
  redisUrl: string
  /** Before every key of BullMQ, so that copies can share a Redis. */
  redisPrefix: string
  recordingDir: string
  /** Open the sealed ones; plain WAV files need none. */
  recordingKeys: RecordingKeys
  host: string
  metricsPort: number
  concurrency: number
  logLevel: string
}

/**
 * The workers' settings from their environment.
 * @throws an error that names each wrong setting and what was expected.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = Env.safeParse(env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) => `  ${i.path.join('.')}: ${i.message}`)
    throw new Error(`the workers' settings are wrong:\n${lines.join('\n')}`)
  }
  const e = parsed.data
  return {
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    redisPrefix: `${e.RINGDOWN_REDIS_PREFIX}bull`,
    recordingDir: resolve(e.RINGDOWN_RECORDING_DIR),
    recordingKeys: e.RINGDOWN_RECORDING_KEY ?? new Map(),
    host: e.RINGDOWN_WORKERS_HOST,
    metricsPort: e.RINGDOWN_WORKERS_METRICS_PORT,
    concurrency: e.RINGDOWN_WORKERS_CONCURRENCY,
    logLevel: e.RINGDOWN_LOG_LEVEL,
  }
}
