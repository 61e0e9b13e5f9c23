import { randomBytes } from 'node:crypto'
import { chown, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { type Identity, unprivilegedIdentity } from './identity.ts'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'
import { type EmbeddedServer, runToEnd, startServer } from './server-process.ts'
import { stopStaleServer } from './stop-stale-server.ts'

export type PostgresOptions = {
  /** Absolute; belongs to PostgreSQL alone. Created when missing. */
  dataDir: string
  port: number
  /** Of the role `ringdown`; fixed when the folder is created. */
  password: string
  /** false trades safety on a power cut for speed: for tests. */
  durable?: boolean
  onLog?: (line: string) => void
}

const role = 'ringdown'
const database = 'ringdown'

/**
 * Starts PostgreSQL on 127.0.0.1 and makes the database `ringdown` when missing. A server left over from a killed run
 * on the same folder is stopped first. The role owns the cluster (superuser).
 *
 * Rejects with the server's last lines when it does not start.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedServer> {
  const { dataDir, port, password } = options
  const binaries = await postgresBinaries()
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const identity = unprivilegedIdentity([binaries.postgres, join(dataDir, '..')])
  if (identity.uid !== undefined) await chown(dataDir, identity.uid, identity.gid as number)

  await stopStalePostgres(dataDir)
  if (!(await exists(join(dataDir, 'PG_VERSION')))) await initialise(binaries, identity, options)
  const server = await startServer({
    name: 'PostgreSQL',
    binary: binaries.postgres,
    args: ['-D', dataDir, ...settings(options)],
    cwd: '/',
    identity,
    stopSignal: 'SIGINT',
    readyLine: /database system is ready to accept connections/,
    onLog: options.onLog ?? (() => undefined),
  })
  try {
    await createDatabase(port, password)
  } catch (error) {
    await server.stop()
    throw error
  }
  return {
    url: url(port, password, database),
    pid: server.pid,
    exited: server.exited,
    [Symbol.asyncDispose]: server.stop,
  }
}

/** Stops what a killed run left on this folder; nothing to do is fine. */
export function stopStalePostgres(dataDir: string): Promise<void> {
  return stopStaleServer({ name: 'postgres', dataDir, pidFile: join(dataDir, 'postmaster.pid'), signal: 'SIGINT' })
}

/** ICU's zh-Hans-CN sorts Chinese names by pinyin; C.UTF-8 keeps the server's own messages in English. */
async function initialise(binaries: PostgresBinaries, identity: Identity, { dataDir, password }: PostgresOptions) {
  const passwordFile = join(tmpdir(), `ringdown-${randomBytes(8).toString('hex')}`)
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' })
  try {
    if (identity.uid !== undefined) await chown(passwordFile, identity.uid, identity.gid as number)
    await runToEnd({
      name: 'initdb',
      binary: binaries.initdb,
      args: [
        `--pgdata=${dataDir}`,
        `--username=${role}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=icu',
        '--icu-locale=zh-Hans-CN',
        '--locale=C.UTF-8',
        '--no-instructions',
      ],
      cwd: '/',
      identity,
    })
  } finally {
    await rm(passwordFile)
  }
}

function settings({ port, durable = true }: PostgresOptions): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    timezone: 'UTC',
    log_timezone: 'UTC',
    shared_preload_libraries: 'pg_stat_statements',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function createDatabase(port: number, password: string): Promise<void> {
  const sql = postgres(url(port, password, 'postgres'), { max: 1, onnotice: () => undefined })
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${database}`
    if (!found) await sql`create database ${sql(database)}`
  } finally {
    await sql.end()
  }
}

function url(port: number, password: string, name: string): string {
  return `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
