import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Identity } from './identity.ts'
import { hasSetpriv } from './setpriv.ts'

/** A database server that runs as our child. Disposing it stops it cleanly. */
export type EmbeddedServer = AsyncDisposable & {
  /** Where clients connect, password included. */
  url: string
  pid: number
  /** Resolves when the process is gone, for whatever reason. */
  exited: Promise<void>
}

export type ServerCommand = {
  name: string
  binary: string
  args: string[]
  cwd: string
  identity: Identity
  /** Asks for a clean stop; also sent by the kernel when our own process dies without a word. */
  stopSignal: 'SIGINT' | 'SIGTERM'
  /** The line that says that clients may connect. */
  readyLine: RegExp
  onLog: (line: string) => void
}

export type ServerProcess = { pid: number; exited: Promise<void>; stop: () => Promise<void> }

const stopTimeoutMs = 15_000
const keptLines = 15

/**
 * Starts a server and waits for its ready line. Rejects with its last lines when it ends before.
 *
 * It gets a process group of its own, so that Ctrl-C in the terminal reaches it only through us, after its clients.
 */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  const child = spawnAs(command)
  const lastLines: string[] = []
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  const ready = new Promise<'ready'>((resolve) => {
    const hear = (line: string) => {
      lastLines.push(line)
      if (lastLines.length > keptLines) lastLines.shift()
      command.onLog(line)
      if (command.readyLine.test(line)) resolve('ready')
    }
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream as Readable }).on('line', hear)
  })

  const outcome = await Promise.race([ready, gone])
  if (outcome !== 'ready') {
    throw new Error([`${command.name} did not start (${outcome})`, ...lastLines].join('\n  '))
  }
  return {
    pid: child.pid as number,
    exited: gone.then(() => undefined),
    stop: () => stop(child, command.stopSignal, gone),
  }
}

/** Runs a short program (initdb) under an identity; rejects with what it printed when it fails. */
export async function runToEnd(
  command: Pick<ServerCommand, 'name' | 'binary' | 'args' | 'cwd' | 'identity'>,
): Promise<void> {
  const child = spawnAs({ ...command, stopSignal: 'SIGTERM' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`${command.name} failed (exit code ${code})\n${output.trim()}`)
}

function spawnAs(command: Pick<ServerCommand, 'binary' | 'args' | 'cwd' | 'identity' | 'stopSignal'>): ChildProcess {
  const { binary, args, cwd, identity } = command
  const options = { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] }
  if (!hasSetpriv()) {
    const { uid, gid } = identity
    return spawn(binary, args, { ...options, ...(uid === undefined ? {} : { uid, gid: gid as number }) })
  }
  const flags = ['--pdeathsig', command.stopSignal.slice('SIG'.length)]
  if (identity.uid !== undefined) flags.push(`--reuid=${identity.uid}`, `--regid=${identity.gid}`, '--clear-groups')
  if (identity.capability) {
    // access(2), by which initdb looks for its siblings, counts capabilities of non-root users only under this bit
    flags.push('--securebits=+no_setuid_fixup')
    flags.push(`--inh-caps=+${identity.capability}`, `--ambient-caps=+${identity.capability}`)
  }
  return spawn('setpriv', [...flags, '--', binary, ...args], options)
}

async function stop(child: ChildProcess, signal: NodeJS.Signals, gone: Promise<unknown>): Promise<void> {
  child.kill(signal)
  const forced = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await gone
  clearTimeout(forced)
}
