import { execFile, spawn } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** What arrived at the phones, after the settling. */
export type Heard = {
  sent: number
  heard: number
  /** Audio packets of any origin: what a prompt played to all legs amounts to. */
  audio: number
  /** What should have been sent. */
  wanted: number
  /** Delay from sending to hearing, in ms. */
  p50: number
  p99: number
  jitterMs: number
  /** Share of the time that the generator worked; near 1 it is the bottleneck itself. */
  busy: number
}
type Load = { port: number; legPorts: readonly number[]; seconds: number; core: number; onMeasuring(): void }

const SETTLE_S = 1.5

/** The RTP generator, compiled from its source beside this file. It is in C so that what is measured gives way first. */
export class Generator {
  readonly #path: string
  readonly #dir: string

  private constructor(dir: string) {
    this.#dir = dir
    this.#path = join(dir, 'generator')
  }

  /** Throws an Error when there is no C compiler. */
  static async compile(): Promise<Generator> {
    const generator = new Generator(await mkdtemp(join(tmpdir(), 'ringdown-bench-')))
    await promisify(execFile)('cc', ['-O2', '-o', generator.#path, join(import.meta.dirname, 'generator.c')]).catch(
      (error: Error) => {
        throw new Error(`the generator of RTP needs a C compiler (Debian: gcc, libc6-dev): ${error.message}`)
      },
    )
    return generator
  }

  /** Lets all legs talk from one port of 127.0.0.1, on a core of its own. */
  async run({ port, legPorts, seconds, core, onMeasuring }: Load): Promise<Heard> {
    const legs = join(this.#dir, 'legs')
    await writeFile(legs, legPorts.join('\n'))
    const args = ['-c', String(core), this.#path, String(port), String(seconds), String(SETTLE_S), legs]
    const child = spawn('taskset', args, { stdio: ['ignore', 'pipe', 'inherit'] })
    for await (const line of createInterface({ input: child.stdout })) {
      const { msg, ...heard } = JSON.parse(line) as Heard & { msg: string }
      if (msg === 'measured') return heard
      onMeasuring()
    }
    throw new Error('the generator ended without a result')
  }
}
