import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@ringdown/db/embedded'

export type LoadOptions = {
  to: string
  service: string
  callsPerSecond: number
  calls: number
  /** How long each call lasts. */
  holdMs: number
}

export type LoadResult = { succeeded: number; failed: number; retransmissions: number; callsPerSecond: number }

const scenario = join(import.meta.dirname, 'scenarios/uac-answered-and-hangs-up.xml')

/** SIPp placing many calls. Disposing it ends them at once, by killing it. */
export class SippLoad implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #folder: string
  readonly #closed: Promise<unknown>

  static async start(options: LoadOptions): Promise<SippLoad> {
    return new SippLoad(options, await mkdtemp(join(tmpdir(), 'ringdown-load-')), await freePort())
  }

  private constructor({ to, service, callsPerSecond, calls, holdMs }: LoadOptions, folder: string, port: number) {
    this.#folder = folder
    const args = [
      ...[to, '-nostdin', '-sf', scenario, '-s', service, '-i', '127.0.0.1', '-p', String(port)],
      ...['-r', String(callsPerSecond), '-m', String(calls), '-l', String(calls), '-d', String(holdMs)],
      ...['-trace_stat', '-stf', 'statistics.csv', '-fd', '1', '-timeout', '120s'],
    ]
    this.#process = spawn('sipp', args, { cwd: folder, stdio: 'ignore' })
    this.#closed = once(this.#process, 'close')
  }

  /** When all calls are over: what became of them. */
  async result(): Promise<LoadResult> {
    await this.#closed
    const [names = [], ...rows] = (await readFile(join(this.#folder, 'statistics.csv'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split(';'))
    const total = (name: string) => Number(rows.at(-1)?.[names.indexOf(name)])
    return {
      succeeded: total('SuccessfulCall(C)'),
      failed: total('FailedCall(C)'),
      retransmissions: total('Retransmissions(C)'),
      callsPerSecond: Math.round(total('CallRate(C)')),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null) this.#process.kill('SIGKILL')
    await this.#closed
    await rm(this.#folder, { recursive: true, force: true })
  }
}
