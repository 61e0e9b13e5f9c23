import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
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
  /** What each call does; a file of `scenarios/` without its ending. */
  scenario?: 'uac-answered-and-hangs-up' | 'uac-answered-or-refused'
}

export type LoadResult = {
  succeeded: number
  failed: number
  /** Answered 503, where the scenario allows that: not among the succeeded. */
  refused: number
  retransmissions: number
  callsPerSecond: number
  /** From INVITE to 200 of the answered calls, in ms, as they came. */
  answerMs: number[]
}

/** SIPp placing many calls. Disposing it ends them at once, by killing it. */
export class SippLoad implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #folder: string
  readonly #closed: Promise<unknown>

  static async start(options: LoadOptions): Promise<SippLoad> {
    return new SippLoad(options, await mkdtemp(join(tmpdir(), 'ringdown-load-')), await freePort())
  }

  private constructor(options: LoadOptions, folder: string, port: number) {
    const { to, service, callsPerSecond, calls, holdMs, scenario = 'uac-answered-and-hangs-up' } = options
    this.#folder = folder
    const args = [
      ...[
        to,
        '-nostdin',
        '-sf',
        join(import.meta.dirname, `scenarios/${scenario}.xml`),
        '-s',
        service,
        '-i',
        '127.0.0.1',
        '-p',
        String(port),
      ],
      ...['-r', String(callsPerSecond), '-m', String(calls), '-l', String(calls), '-d', String(holdMs)],
      ...['-trace_stat', '-stf', 'statistics.csv', '-fd', '1', '-timeout', '120s'],
      ...['-trace_rtt', '-rtt_freq', '50'],
    ]
    this.#process = spawn('sipp', args, { cwd: folder, stdio: 'ignore' })
    this.#closed = once(this.#process, 'close')
  }

  /** When all calls are over: what became of them. */
  async result(): Promise<LoadResult> {
    await this.#closed
    const [names = [], ...rows] = await this.#read('statistics.csv')
    const total = (name: string) => Number(rows.at(-1)?.[names.indexOf(name)] ?? 0)
    const refused = total('refused(C)')
    const times = (await readdir(this.#folder)).find((file) => file.endsWith('_rtt.csv'))
    const [, ...answers] = times === undefined ? [] : await this.#read(times)
    return {
      succeeded: total('SuccessfulCall(C)') - refused,
      refused,
      answerMs: answers.map(([, ms]) => Number(ms)),
      failed: total('FailedCall(C)'),
      retransmissions: total('Retransmissions(C)'),
      callsPerSecond: Math.round(total('CallRate(C)')),
    }
  }

  async #read(file: string): Promise<string[][]> {
    const text = await readFile(join(this.#folder, file), 'utf8')
    return text
      .trim()
      .split('\n')
      .map((line) => line.split(';'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null) this.#process.kill('SIGKILL')
    await this.#closed
    await rm(this.#folder, { recursive: true, force: true })
  }
}
