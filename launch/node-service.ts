import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { openLogFile } from './log-file.ts'
import { Refusal } from './refusal.ts'
import type { RunningService, Service } from './service.ts'
import type { Environment } from './settings.ts'

export type NodeServiceOptions = {
  name: string
  /** The script and its arguments. */
  args: string[]
  cwd: string
  env: Environment
  logFile: string
  /** Says of an output line that the process is ready; our own print a JSON line with msg `ready`. */
  isReady?: (line: string) => boolean
  readyTimeoutMs?: number
  /** After a polite SIGTERM. */
  killAfterMs?: number
}

const preload = join(import.meta.dirname, 'child.ts')
const keptLines = 12

/** A Node process of ours. Its output goes to its log file; it ends when we do, however we end (see child.ts). */
export function nodeService(options: NodeServiceOptions): Service {
  return { name: options.name, start: () => start(options) }
}

async function start(options: NodeServiceOptions): Promise<RunningService> {
  const { name, args, cwd, env, isReady = isReadyLine, readyTimeoutMs = 60_000, killAfterMs = 5000 } = options
  const log = openLogFile(options.logFile)
  // a process group of its own: Ctrl-C in the terminal reaches it only through us, in the right order
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    ...{ cwd, env: env as NodeJS.ProcessEnv, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  })
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  void exited.then(() => log.close())

  const last: string[] = []
  const ready = new Promise<'ready'>((resolve) => {
    const hear = (line: string) => {
      log.write(line)
      last.push(line)
      if (last.length > keptLines) last.shift()
      if (isReady(line)) resolve('ready')
    }
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream as Readable }).on('line', hear)
  })

  const outcome = await Promise.race([ready, exited, timeout(readyTimeoutMs)])
  if (outcome !== 'ready') {
    child.kill('SIGKILL')
    throw new Refusal(
      `${name} did not start (${outcome}). Its last lines, from ${log.path}:\n${last.map(readable).join('\n')}`,
    )
  }
  return { exited, stop: () => stop(child, exited, killAfterMs), kill: () => void child.kill('SIGKILL') }
}

async function stop(child: ChildProcess, exited: Promise<string>, killAfterMs: number): Promise<void> {
  child.kill('SIGTERM')
  const forced = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  await exited
  clearTimeout(forced)
}

function timeout(ms: number): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`not ready after ${ms / 1000} s`), ms).unref()
  })
}

function parse(line: string): { msg?: unknown; err?: { message?: unknown } } | undefined {
  try {
    const value = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function isReadyLine(line: string): boolean {
  return line.startsWith('{') && parse(line)?.msg === 'ready'
}

/** A log line as a person would write it. */
function readable(line: string): string {
  const entry = parse(line)
  if (!entry) return line
  const cause = entry.err?.message
  return [entry.msg, cause].filter((part, i, all) => part !== undefined && all.indexOf(part) === i).join(': ')
}
