import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type NodeServiceOptions, nodeService } from './node-service.ts'
import { Supervisor } from './supervisor.ts'

const dir = mkdtempSync(join(tmpdir(), 'ringdown-supervisor-'))
const journal = (name: string) => join(dir, `${name}.journal`)
const read = (name: string) => readFileSync(journal(name), 'utf8').trim().split('\n')

/** A real process that keeps a journal of its life and says `ready` as ours do. */
function script(name: string, body = ''): string {
  const path = join(dir, `${name}.ts`)
  writeFileSync(
    path,
    `import { appendFileSync } from 'node:fs'
     const note = (text: string) => appendFileSync(process.env.JOURNAL as string, text + '\\n')
     note('start ' + process.pid)
     const alive = setInterval(() => undefined, 1000)
     process.once('SIGTERM', () => { note('stop ${name}'); clearInterval(alive) })
     ${body}
     console.log(JSON.stringify({ level: 30, msg: 'ready' }))`,
  )
  writeFileSync(journal(name), '')
  return path
}

function service(name: string, options: Partial<NodeServiceOptions> & { body?: string } = {}) {
  const { body, ...rest } = options
  const env = { ...process.env, JOURNAL: journal(rest.env?.JOURNAL ?? name) }
  return nodeService({ name, args: [script(name, body)], cwd: dir, logFile: join(dir, `${name}.log`), ...rest, env })
}

function supervise() {
  const said: string[] = []
  const supervisor = new Supervisor({ say: (text) => said.push(text), backoffMs: [10, 20] })
  onTestFinished(() => supervisor.stop())
  return { supervisor, said }
}

const pidsOf = (name: string) =>
  read(name).flatMap((text) => (text.startsWith('start ') ? [Number(text.slice(6))] : []))

describe('the supervisor', () => {
  it('stops in reverse order, each politely', async () => {
    const { supervisor } = supervise()
    writeFileSync(journal('order'), '')
    for (const name of ['first', 'second', 'third']) {
      await supervisor.start(service(name, { env: { JOURNAL: 'order' } }))
    }
    await supervisor.stop()
    expect(read('order').filter((text) => text.startsWith('stop'))).toEqual(['stop third', 'stop second', 'stop first'])
  })

  it('brings back what died, and says so', async () => {
    const { supervisor, said } = supervise()
    await supervisor.start(service('mortal'))
    process.kill(pidsOf('mortal')[0] as number, 'SIGKILL')
    await expect.poll(() => said).toEqual(['mortal ended (SIGKILL) and is started again in 0.01 s', 'mortal is back'])
    expect(pidsOf('mortal')).toHaveLength(2)
  })

  it('waits longer for what keeps dying', async () => {
    const { supervisor, said } = supervise()
    await supervisor.start(service('frail', { body: 'if (process.env.JOURNAL) setTimeout(() => process.exit(3), 30)' }))
    await expect.poll(() => said.filter((text) => text.includes('ended'))).toHaveLength(3)
    expect(said.filter((text) => text.includes('ended')).slice(0, 3)).toEqual([
      'frail ended (exit code 3) and is started again in 0.01 s',
      'frail ended (exit code 3) and is started again in 0.02 s',
      'frail ended (exit code 3) and is started again in 0.02 s',
    ])
  })

  it('starts a service anew when its source changed', async () => {
    const { supervisor, said } = supervise()
    await supervisor.start(service('edited'))
    await supervisor.restart('edited')
    await expect.poll(() => said).toEqual(['edited is back'])
  })

  it('forces what does not stop', async () => {
    const { supervisor } = supervise()
    const body = "process.removeAllListeners('SIGTERM'); process.on('SIGTERM', () => note('no'))"
    await supervisor.start(service('stubborn', { body, killAfterMs: 100 }))
    await supervisor.stop()
    expect(isAlive(pidsOf('stubborn')[0] as number)).toBe(false)
    expect(read('stubborn')).toContain('no')
  })
})

describe('a process of ours', () => {
  it('that does not start shows its last words', async () => {
    const body = "console.log(JSON.stringify({ msg: 'RINGDOWN_X is missing: set it' })); process.exit(1)"
    await expect(service('broken', { body }).start()).rejects.toThrow(
      `broken did not start (exit code 1). Its last lines, from ${join(dir, 'broken.log')}:\nRINGDOWN_X is missing: set it`,
    )
  })

  it('that never gets ready is given up and ended', async () => {
    const body = 'console.log = () => undefined'
    await expect(service('silent', { body, readyTimeoutMs: 700 }).start()).rejects.toThrow(
      'silent did not start (not ready after 0.7 s)',
    )
    await expect.poll(() => isAlive(pidsOf('silent')[0] as number)).toBe(false)
  })

  it('ends with a supervisor that was killed', async () => {
    script('orphan')
    const parent = runParent('orphan')
    onTestFinished(() => void parent.kill('SIGKILL'))
    await once(parent.stdout as NodeJS.ReadableStream, 'data')
    const [pid] = pidsOf('orphan')
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(pid as number), { timeout: 10_000 }).toBe(false)
    expect(read('orphan')).toContain('stop orphan')
  })
})

/** A process that starts one service and then only lives. */
function runParent(name: string): ChildProcess {
  const options = {
    ...{ name, args: [join(dir, `${name}.ts`)], cwd: dir, logFile: join(dir, `${name}.log`) },
    env: { ...process.env, JOURNAL: journal(name) },
  }
  const program = `
    import { nodeService } from ${JSON.stringify(join(import.meta.dirname, 'node-service.ts'))}
    await nodeService(${JSON.stringify(options)}).start()
    console.log('started')
    setInterval(() => undefined, 1000)`
  return spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** A zombie is dead: where no init process reaps orphans, it keeps its id. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
