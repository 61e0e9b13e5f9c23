import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Redis } from 'ioredis'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort, startPostgres, startRedis } from './index.ts'

const password = 'quote " slash / percent %'
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ringdown-embedded-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

describe('embedded PostgreSQL', () => {
  const start = async () => startPostgres({ dataDir: join(dir, 'postgres'), port: await freePort(), password })

  it('finds its rows again after a stop, in a folder that only root may enter', async () => {
    {
      await using server = await start()
      await using sql = connect(server.url)
      await sql.db`create table kept (note text)`
      await sql.db`insert into kept values ('陈六')`
    }
    await using server = await start()
    await using sql = connect(server.url)
    expect(await sql.db`select note from kept`).toEqual([{ note: '陈六' }])
  })

  it('runs in UTC and sorts Chinese names by pinyin', async () => {
    await using server = await start()
    await using sql = connect(server.url)
    expect(await sql.db`show timezone`).toEqual([{ TimeZone: 'UTC' }])
    const names =
      await sql.db`select name from unnest(array['张三', '李四', '阿明', '王五', '陈六']) as name order by name`
    expect(names.map(({ name }) => name)).toEqual(['阿明', '陈六', '李四', '王五', '张三'])
  })

  it('starts again when its process was killed', async () => {
    const first = await start()
    process.kill(first.pid, 'SIGKILL')
    await first.exited
    await using server = await start()
    await using sql = connect(server.url)
    expect(await sql.db`select 1 as one`).toEqual([{ one: 1 }])
  })

  it('says why it does not start', async () => {
    await using first = await start()
    const port = Number(new URL(first.url).port)
    await expect(startPostgres({ dataDir: join(dir, 'second'), port, password })).rejects.toThrow(
      /Address already in use/,
    )
  })
})

describe('embedded Redis', () => {
  const start = async () => startRedis({ dataDir: join(dir, 'redis'), port: await freePort(), password })

  it('finds its keys again after a stop, and never evicts', async () => {
    {
      await using server = await start()
      await using redis = connectRedis(server.url)
      await redis.client.set('kept', '1')
    }
    await using server = await start()
    await using redis = connectRedis(server.url)
    expect(await redis.client.get('kept')).toBe('1')
    expect(await redis.client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
  })

  it('lets nobody in without the password', async () => {
    await using server = await start()
    await using redis = connectRedis(server.url.replace(/:[^:@]*@/, '@'))
    await expect(redis.client.get('kept')).rejects.toThrow(/NOAUTH/)
  })
})

describe('servers of a run that was killed', () => {
  it('end with it', async () => {
    await using run = await startRun('ends-with-us')
    run.child.kill('SIGKILL')
    await expect.poll(() => run.pids.filter(isAlive), { timeout: 10_000 }).toEqual([])
  })

  it('are stopped by the next start when they outlived it', async () => {
    await chmod(dir, 0o711) // without setpriv no capability can be lent to pass a closed folder
    await using run = await startRun('outlives-us')
    await using postgresServer = await startPostgres({
      dataDir: join(dir, 'postgres'),
      port: await freePort(),
      password,
    })
    await using redisServer = await startRedis({ dataDir: join(dir, 'redis'), port: await freePort(), password })
    expect(run.pids.filter(isAlive)).toEqual([])
    expect([postgresServer.pid, redisServer.pid].every(isAlive)).toBe(true)
  })

  /** A process that started both servers. Without setpriv on its PATH they outlive it, as on other systems. */
  async function startRun(how: 'ends-with-us' | 'outlives-us') {
    const program = `
      import { freePort, startPostgres, startRedis } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
      const [dir, password] = process.argv.slice(1)
      const postgres = await startPostgres({ dataDir: dir + '/postgres', port: await freePort(), password })
      const redis = await startRedis({ dataDir: dir + '/redis', port: await freePort(), password })
      console.log(JSON.stringify([postgres.pid, redis.pid]))
      setInterval(() => undefined, 1000)`
    const env = how === 'ends-with-us' ? process.env : { ...process.env, PATH: await pathWithoutSetpriv() }
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program, dir, password], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env,
    })
    const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), once(child, 'exit')])
    return { child, pids: JSON.parse(String(line[0])) as number[], [Symbol.asyncDispose]: () => end(child) }
  }
})

function connect(url: string) {
  const db = postgres(url, { max: 1 })
  return { db, [Symbol.asyncDispose]: () => db.end() }
}

function connectRedis(url: string) {
  const client = new Redis(url)
  client.on('error', () => undefined) // the command that failed says it
  return { client, [Symbol.asyncDispose]: async () => client.disconnect() }
}

async function pathWithoutSetpriv(): Promise<string> {
  const bin = join(dir, 'bin')
  await mkdir(bin)
  for (const name of ['redis-server', 'test'])
    await symlink(execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(bin, name))
  return bin
}

async function end(child: ChildProcess) {
  child.kill('SIGKILL')
}

/** A zombie is dead: where no init process reaps orphans, it keeps its id. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
