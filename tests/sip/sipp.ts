import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@ringdown/db/embedded'
import { encode } from './audio/g711.ts'
import { tone } from './audio/sources.ts'

export type Scenario =
  | 'uac-call-and-hangup'
  | 'uac-cancel-while-ringing-expect-487'
  | 'uas-agent-phone-answers'
  | 'uas-agent-phone-busy'
  | 'register-with-digest'

export type SippOptions = {
  scenario: Scenario
  /** host:port of the peer; UAS scenarios need none. */
  to?: string
  /** Number called by a UAC, user of a UAS or of a registration. */
  service?: string
  /** Own port; default any free one. */
  port?: number
  /** Caller's number of a UAC. */
  from?: string
  /** How long a UAC talks, or a UAS rings. */
  pauseMs?: number
  /** Frequency of what it sends, Hz. */
  tone?: number
  password?: string
  domain?: string
  expiresS?: number
  /** After how many calls it ends, all of them at once for a UAC. */
  calls?: number
  timeoutMs?: number
}

/** SIPp, the foreign phone. `done` resolves when its scenario went through, and rejects with the ladder it saw when not. */
export class Sipp implements AsyncDisposable {
  readonly port: number
  readonly done: Promise<void>
  #process: ChildProcess
  #folder: string
  #printed = ''

  /** Resolves when SIPp has its port, so that it can be called. */
  static async start(options: SippOptions): Promise<Sipp> {
    const folder = await mkdtemp(join(tmpdir(), 'ringdown-sipp-'))
    const port = options.port ?? (await freePort())
    await writeFile(join(folder, 'tone.alaw'), toneFile(options.tone ?? 440))
    const sipp = new Sipp(options, port, folder, await freePort())
    await sipp.#listening()
    return sipp
  }

  private constructor(options: SippOptions, port: number, folder: string, mediaPort: number) {
    this.port = port
    this.#folder = folder
    this.#process = spawn('sipp', argumentsOf(options, port, mediaPort), {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (chunk) => (this.#printed += chunk))
    this.done = this.#finish(options)
    this.done.catch(() => {})
  }

  /** Messages so far as words: `['INVITE', '100', '180', …]`. */
  async ladder(): Promise<string[]> {
    return readMessageLog(await this.#messages()).map((message) => message.label)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null) this.#process.kill('SIGKILL')
    await this.done.catch(() => {})
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #finish({ scenario }: SippOptions): Promise<void> {
    const failed = once(this.#process, 'error').then(([error]) => {
      throw new Error(`sipp could not be started (Debian package sip-tester): ${(error as Error).message}`)
    })
    const [code] = await Promise.race([once(this.#process, 'close'), failed])
    if (code === 0) return
    const seen = readMessageLog(await this.#messages()).map(({ arrow, startLine }) => `  sipp ${arrow} ${startLine}`)
    const errors = await readFile(join(this.#folder, 'errors.log'), 'utf8').catch(() => this.#printed.slice(-2000))
    throw new Error(`sipp ${scenario} ended with ${code}\n${seen.join('\n')}\n${errors}`)
  }

  #messages(): Promise<string> {
    return readFile(join(this.#folder, 'messages.log'), 'latin1').catch(() => '')
  }

  async #listening(): Promise<void> {
    const ended = this.done.then(
      () => true,
      () => true,
    )
    while (!(await isTaken(this.port))) {
      const over = await Promise.race([ended, new Promise<false>((resolve) => setTimeout(() => resolve(false), 20))])
      if (over) return
    }
  }
}

/** Runs a scenario to its end; rejects with the ladder when it fails. */
export async function runSipp(options: SippOptions): Promise<string[]> {
  await using sipp = await Sipp.start(options)
  await sipp.done
  return sipp.ladder()
}

function argumentsOf(options: SippOptions, port: number, mediaPort: number): string[] {
  const { scenario, to, service = '4000', from = '13900138000', password, calls = 1, timeoutMs = 20_000 } = options
  const file = fileURLToPath(new URL(`scenarios/${scenario}.xml`, import.meta.url))
  const concurrent = scenario.startsWith('uac') ? ['-r', String(calls), '-l', String(calls)] : []
  return [
    ...(to === undefined ? [] : [to]),
    ...['-nostdin', '-sf', file, '-i', '127.0.0.1', '-p', String(port), '-mi', '127.0.0.1', '-mp', String(mediaPort)],
    ...['-s', service, '-key', 'from', from, '-key', 'domain', options.domain ?? to ?? '127.0.0.1'],
    ...['-key', 'expires', String(options.expiresS ?? 300), '-m', String(calls), ...concurrent, '-aa'],
    ...['-d', String(options.pauseMs ?? 1000), '-timeout', `${Math.ceil(timeoutMs / 1000)}s`, '-timeout_error'],
    ...(password === undefined ? [] : ['-au', service, '-ap', password]),
    ...['-trace_msg', '-message_file', 'messages.log', '-trace_err', '-error_file', 'errors.log'],
  ]
}

/** The log SIPp writes with -trace_msg, as the start lines in their order. */
export function readMessageLog(log: string): { arrow: '───▶' | '◀───'; startLine: string; label: string }[] {
  const pattern = /message (sent|received).*?:\r?\n\r?\n([^\r\n]+)/g
  return [...log.matchAll(pattern)].map(([, how, startLine = '']) => ({
    arrow: how === 'sent' ? '───▶' : '◀───',
    startLine,
    label: /^SIP\/2\.0 (\d+)/.exec(startLine)?.[1] ?? startLine.split(' ')[0]!,
  }))
}

/** One second of a tone: whole periods for whole frequencies, so it loops without a click. */
function toneFile(frequency: number): Buffer {
  const source = tone(frequency)
  return Buffer.concat(Array.from({ length: 50 }, () => encode(source.nextFrame(), 'pcma')))
}

async function isTaken(port: number): Promise<boolean> {
  const socket = createSocket('udp4')
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(port, '127.0.0.1', resolve)
    })
    return false
  } catch {
    return true
  } finally {
    socket.close()
  }
}
