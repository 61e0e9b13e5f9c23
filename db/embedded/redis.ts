import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmbeddedServer, startServer } from './server-process.ts'
import { stopStaleServer } from './stop-stale-server.ts'

export type RedisOptions = {
  /** Absolute; belongs to Redis alone. Created when missing. */
  dataDir: string
  port: number
  password: string
  /** false keeps everything in memory only: for tests. */
  durable?: boolean
  onLog?: (line: string) => void
}

/**
 * Starts the system's `redis-server` on 127.0.0.1 with an append-only file. A server left over from a killed run on the
 * same folder is stopped first.
 *
 * Rejects with the server's last lines when it does not start.
 */
export async function startRedis(options: RedisOptions): Promise<EmbeddedServer> {
  const { dataDir, port, password } = options
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await stopStaleRedis(dataDir)

  // a file, not arguments: every user of the machine can read the arguments of a process
  const configFile = join(dataDir, 'redis.conf')
  await writeFile(configFile, settings(options), { mode: 0o600 })
  const server = await startServer({
    name: 'Redis',
    binary: 'redis-server',
    args: [configFile],
    cwd: dataDir,
    identity: {},
    stopSignal: 'SIGTERM',
    readyLine: /Ready to accept connections/,
    onLog: options.onLog ?? (() => undefined),
  })
  return {
    url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}/0`,
    pid: server.pid,
    exited: server.exited,
    [Symbol.asyncDispose]: server.stop,
  }
}

/** Stops what a killed run left on this folder; nothing to do is fine. */
export function stopStaleRedis(dataDir: string): Promise<void> {
  return stopStaleServer({ name: 'redis-server', dataDir, pidFile: pidFile(dataDir), signal: 'SIGTERM' })
}

function pidFile(dataDir: string): string {
  return join(dataDir, 'redis.pid')
}

function settings({ dataDir, port, password, durable = true }: RedisOptions): string {
  const persistence = durable ? ['appendonly yes', 'appendfsync everysec'] : ['appendonly no']
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${JSON.stringify(password)}`,
    `dir ${JSON.stringify(dataDir)}`,
    `pidfile ${JSON.stringify(pidFile(dataDir))}`,
    'daemonize no',
    'maxmemory-policy noeviction',
    'save ""',
    ...persistence,
    '',
  ].join('\n')
}
