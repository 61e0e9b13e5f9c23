import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@ringdown/db/embedded'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingTable } from './settings.ts'

const script = join(import.meta.dirname, 'start.ts')
let dir: string
let env: NodeJS.ProcessEnv
const running = new Set<ChildProcess>()

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ringdown-start-'))
  // speaking them anew is proved elsewhere and takes ten seconds
  cpSync(process.env.RINGDOWN_TEST_PROMPT_DIR as string, join(dir, 'prompts'), { recursive: true })
  const ports = Object.values(settingTable).filter(({ name }) => name.endsWith('_PORT'))
  const free = new Set<number>()
  while (free.size < ports.length) free.add(await freePort())
  env = {
    ...process.env,
    ...Object.fromEntries(ports.map(({ name }, i) => [name, String([...free][i])])),
    ...{ RINGDOWN_DATA_DIR: dir, RINGDOWN_RTP_PORTS: '40000-40999', NO_COLOR: '1' },
  }
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'DRACHTIO_URL', 'MEDIA_URL']) delete env[name]
})
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

/** The start command on a data folder of its own. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  running.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  // not `close`: it never comes once we have closed the channel ourselves
  const streams = [child.stdout, child.stderr].map((stream) => once(stream as NodeJS.ReadableStream, 'end'))
  const ended = Promise.all([once(child, 'exit'), ...streams]).then(([[code]]) => {
    running.delete(child)
    return code as number | null
  })
  const ready = async () => {
    await expect.poll(() => output, { timeout: 90_000 }).toMatch(/Ringdown is ready|Error|not start|is taken/)
    expect(output).toContain('Ringdown is ready')
  }
  return { child, ended, ready, output: () => output }
}

/** Processes that work for the data folder: by their environment (ours) or by where they work (the databases). */
function left(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false
    try {
      const ours = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`RINGDOWN_SUPERVISED_FOR=${dir}`)
      return ours || readlinkSync(`/proc/${pid}/cwd`).startsWith(dir)
    } catch {
      return false
    }
  })
}

describe('npm start', { timeout: 180_000 }, () => {
  it('brings everything up, answers, stops at Ctrl-C with nothing left, and finds its data again', async () => {
    const first = start('--empty')
    await first.ready()
    expect(first.output()).toMatch(/Set up +with the code [0-9a-f]{12}\n/)
    const health = (port: string) => fetch(`http://127.0.0.1:${env[port]}/healthz`).then((response) => response.status)
    for (const port of ['HTTP', 'SIP_OPS', 'MEDIA_OPS', 'WORKERS_OPS'])
      expect(await health(`RINGDOWN_${port}_PORT`)).toBe(200)
    first.child.kill('SIGINT')
    first.child.kill('SIGINT') // npm repeats what the terminal sent: no second Ctrl-C
    expect(await first.ended).toBe(0)
    expect(left()).toEqual([])

    const again = start()
    await again.ready()
    expect(again.output()).toMatch(/✓ Migrations +up to date/)
    expect(again.output()).toMatch(/✓ Prompts +up to date/)
    again.child.kill('SIGTERM')
    expect(await again.ended).toBe(0)
  })

  it('leaves nothing behind when it is killed, and starts again', async () => {
    const killed = start()
    await killed.ready()
    killed.child.kill('SIGKILL')
    await killed.ended
    const next = start()
    await next.ready()
    next.child.kill('SIGINT')
    expect(await next.ended).toBe(0)
    expect(left()).toEqual([])
  })

  it('stops when the one who started it is gone', async () => {
    const orphan = start()
    await orphan.ready()
    orphan.child.disconnect()
    expect(await orphan.ended).toBe(0)
    expect(left()).toEqual([])
  })

  it('refuses a second start on its folder, and touches nothing', async () => {
    const first = start()
    await first.ready()
    const second = start()
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain(`already running on ${dir} (process ${first.child.pid})`)
    expect(first.output()).not.toContain('started again')
    first.child.kill('SIGINT')
    await first.ended
  })

  it('names a taken port and its setting before it starts anything', async () => {
    const holder = createServer().listen(Number(env.RINGDOWN_MEDIA_PORT), '127.0.0.1')
    await once(holder, 'listening')
    const refused = start()
    expect(await refused.ended).toBe(1)
    holder.close()
    expect(refused.output()).toContain(`Port ${env.RINGDOWN_MEDIA_PORT}/tcp is taken`)
    expect(refused.output()).toContain('RINGDOWN_MEDIA_PORT')
    expect(refused.output()).not.toContain('Database')
  })

  it('says what it does not understand', async () => {
    const wrong = start('--emtpy')
    expect(await wrong.ended).toBe(1)
    expect(wrong.output()).toContain("Unknown option '--emtpy'")
  })
})
