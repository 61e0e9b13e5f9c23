import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

const root = join(import.meta.dirname, '../..')
/** Ends a child whose parent was killed. */
const preload = join(root, 'launch/child.ts')
const readyWithinMs = 20_000
const politeMs = 5000
const keptLines = 400

export type ServerOptions = {
  name: string
  /** From the root of the checkout: `gateway/sip/src/main.ts`. */
  script: string
  env: Record<string, string>
}

/** One process of the system under test. It is ready when it has printed its line with msg `ready`. */
export class ServerProcess implements AsyncDisposable {
  readonly name: string
  /** What the `ready` line says: the ports. */
  readonly ready: Record<string, unknown>
  readonly #child: ChildProcess
  readonly #exited: Promise<string>
  readonly #lines: string[]

  /** Rejects with the last lines of the log when the process ends or says nothing. */
  static async start({ name, script, env }: ServerOptions): Promise<ServerProcess> {
    const { PATH = '', HOME = '/' } = process.env
    const child = spawn(process.execPath, ['--import', preload, join(root, script)], {
      cwd: root,
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
    })
    const lines: string[] = []
    const ready = new Promise<Record<string, unknown>>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream as Readable }).on('line', (line) => {
          lines.push(line)
          if (lines.length > keptLines) lines.shift()
          const entry = parse(line)
          if (entry?.msg === 'ready') resolve(entry)
        })
    })
    const late = Promise.withResolvers<string>()
    const timer = setTimeout(() => late.resolve(`not ready after ${readyWithinMs} ms`), readyWithinMs)
    const outcome = await Promise.race([ready, exited, late.promise])
    clearTimeout(timer)
    if (typeof outcome !== 'string') return new ServerProcess(name, outcome, child, exited, lines)
    child.kill('SIGKILL')
    throw new Error(`${name} did not start: ${outcome}\n${lines.slice(-20).join('\n')}`)
  }

  private constructor(
    name: string,
    ready: Record<string, unknown>,
    child: ChildProcess,
    exited: Promise<string>,
    lines: string[],
  ) {
    this.name = name
    this.ready = ready
    this.#child = child
    this.#exited = exited
    this.#lines = lines
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** `kill -9`: it has no chance to clean up. Resolves when it is gone. */
  async crash(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM')
    const forced = setTimeout(() => this.#child.kill('SIGKILL'), politeMs)
    await this.#exited
    clearTimeout(forced)
  }

  /** The log since `sinceAt` as a person would read it, the last lines of it. */
  printedLog(sinceAt: number, most = 60): string {
    const recent = this.#lines.filter((line) => Number(parse(line)?.time ?? sinceAt) >= sinceAt)
    return recent.slice(-most).map(readable).join('\n')
  }
}

const levels: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' }

function readable(line: string): string {
  const entry = parse(line)
  if (!entry) return line
  const { level, time, msg, name: _name, pid: _pid, hostname: _hostname, ...rest } = entry
  const at = new Date(Number(time)).toISOString().slice(14, 23)
  return `${at} ${levels[Number(level)] ?? ''} ${String(msg)} ${JSON.stringify(rest)}`
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return undefined
  }
}
