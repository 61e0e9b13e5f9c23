import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { Refusal } from './refusal.ts'

const ip = z.string().refine((text) => isIP(text) !== 0, 'expected an IP address')
const port = z.coerce
  .number('expected a port')
  .int('expected a port')
  .min(1, 'expected a port')
  .max(65_535, 'expected a port')
const url = (...schemes: string[]) =>
  z.url({ protocol: new RegExp(`^(${schemes.join('|')})$`), error: `expected ${schemes[0]}://…` }).optional()

type Setting<T extends z.ZodType = z.ZodType> = { name: string; schema: T; fallback: string | null; meaning: string }
const setting = <T extends z.ZodType>(
  name: string,
  schema: T,
  fallback: string | null,
  meaning: string,
): Setting<T> => ({
  ...{ name, schema, fallback, meaning },
})

/** Every setting of the start command, in the order of docs/settings.md, which is generated from it. */
export const settingTable = {
  dataDir: setting(
    'RINGDOWN_DATA_DIR',
    z.string().min(1),
    './data',
    'The one folder with everything that is kept: database, recordings, prompts, logs, secrets. Back it up or delete it as a whole.',
  ),
  host: setting(
    'RINGDOWN_HOST',
    ip,
    '127.0.0.1',
    'Address that web, SIP and audio listen on. `0.0.0.0` opens them to the network.',
  ),
  publicAddress: setting(
    'RINGDOWN_PUBLIC_ADDRESS',
    ip.optional(),
    null,
    'Address others reach this machine at, written into SIP and SDP. Default: `RINGDOWN_HOST`, or the first network address of the machine when that is `0.0.0.0`.',
  ),
  httpPort: setting('RINGDOWN_HTTP_PORT', port, '8080', 'Web pages, API and sockets (TCP).'),
  sipPort: setting('RINGDOWN_SIP_PORT', port, '5060', 'SIP (UDP and TCP).'),
  rtpPorts: setting(
    'RINGDOWN_RTP_PORTS',
    z.string().regex(/^\d+-\d+$/, 'expected a range such as 20000-29999'),
    '20000-29999',
    'Audio of calls (UDP).',
  ),
  drachtioPort: setting('RINGDOWN_DRACHTIO_PORT', port, '9022', 'SIP server to gateway, on 127.0.0.1.'),
  mediaPort: setting('RINGDOWN_MEDIA_PORT', port, '9033', 'Media server to gateway, on 127.0.0.1.'),
  postgresPort: setting('RINGDOWN_PG_PORT', port, '15432', 'Embedded PostgreSQL, on 127.0.0.1.'),
  redisPort: setting('RINGDOWN_REDIS_PORT', port, '16379', 'Redis, on 127.0.0.1.'),
  sipOpsPort: setting(
    'RINGDOWN_SIP_OPS_PORT',
    port,
    '9101',
    '`/metrics`, `/healthz` and `/readyz` of the SIP server, on 127.0.0.1.',
  ),
  mediaOpsPort: setting(
    'RINGDOWN_MEDIA_OPS_PORT',
    port,
    '9102',
    '`/metrics`, `/healthz` and `/readyz` of the media server, on 127.0.0.1.',
  ),
  workersOpsPort: setting(
    'RINGDOWN_WORKERS_OPS_PORT',
    port,
    '9103',
    '`/metrics`, `/healthz` and `/readyz` of the workers, on 127.0.0.1.',
  ),
  uiDevPort: setting(
    'RINGDOWN_UI_DEV_PORT',
    port,
    '5173',
    'Pages with hot reload, on 127.0.0.1; only with `npm run dev`.',
  ),
  logLevel: setting(
    'RINGDOWN_LOG_LEVEL',
    z.enum(['trace', 'debug', 'info']),
    'info',
    'How much the log files in `<data folder>/logs` hold: `info`, `debug` or `trace`.',
  ),
  recordingKey: setting(
    'RINGDOWN_RECORDING_KEY',
    z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/, 'expected 32 bytes in base64, or several with commas')
      .optional(),
    null,
    'Seals recordings on the disk (AES-256-GCM): 32 bytes in base64, as `openssl rand -base64 32` makes them. Of several, separated by commas, the first seals and all open: so keys are changed. Default: made at the first start, in `<data folder>/secrets.json`.',
  ),
  databaseUrl: setting(
    'DATABASE_URL',
    url('postgres', 'postgresql'),
    null,
    'A PostgreSQL of your own; the embedded one is then not started.',
  ),
  redisUrl: setting(
    'REDIS_URL',
    url('redis', 'rediss'),
    null,
    'A Redis of your own (7 or newer, `maxmemory-policy noeviction`); none is then started.',
  ),
  redisPrefix: setting(
    'RINGDOWN_REDIS_PREFIX',
    z.string().max(60),
    '',
    'Begins every Redis key, so that copies can share one Redis.',
  ),
  drachtioUrl: setting(
    'DRACHTIO_URL',
    url('drachtio'),
    null,
    'A SIP server of your own, `drachtio://:secret@host:port`, ours or drachtio-server; none is then started.',
  ),
  mediaUrl: setting(
    'MEDIA_URL',
    url('media'),
    null,
    'A media server elsewhere, `media://:secret@host:port`; none is then started. It must share the prompt and recording folders.',
  ),
} as const satisfies Record<string, Setting>

type Table = typeof settingTable
type Parsed = { [K in keyof Table]: z.output<Table[K]['schema']> }
export type Settings = Omit<Parsed, 'publicAddress'> & { publicAddress: string }
export type Environment = Record<string, string | undefined>

/** The environment with what the file `.env` of the checkout adds; what is set in the shell wins. */
export function readEnvironment(root: string, env: Environment = process.env): Environment {
  try {
    return { ...parseEnv(readFileSync(join(root, '.env'), 'utf8')), ...env }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return env
    throw error
  }
}

/**
 * Reads the settings of the start command.
 *
 * @throws Refusal that names every wrong setting and what it should be
 */
export function readSettings(env: Environment): Settings {
  const faults: string[] = []
  const entries = Object.entries(settingTable).map(([key, { name, schema, fallback }]) => {
    const given = env[name] || (fallback ?? undefined)
    const parsed = schema.safeParse(given)
    if (!parsed.success) faults.push(`${name} is '${given}': ${parsed.error.issues[0]?.message}`)
    return [key, parsed.data]
  })
  if (faults.length > 0) throw new Refusal(faults.join('\n'))
  const parsed = Object.fromEntries(entries) as Parsed
  return { ...parsed, dataDir: resolve(parsed.dataDir), publicAddress: parsed.publicAddress ?? reachable(parsed.host) }
}

function reachable(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === (host === '::' ? 'IPv6' : 'IPv4'))
  if (!outside)
    throw new Refusal('RINGDOWN_PUBLIC_ADDRESS is not set, and this machine has no network address: set it.')
  return outside.address
}
