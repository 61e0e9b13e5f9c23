import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

type Server = { rpcPort: number; secret: string }

/** Browsers in a process of their own, connected to our server and talking. */
export class Headsets {
  readonly legs: readonly string[]
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, legs: readonly string[]) {
    this.#child = child
    this.legs = legs
  }

  static async connect({ rpcPort, secret }: Server, codec: string, count: number, core: number): Promise<Headsets> {
    const script = join(import.meta.dirname, 'headset-peers.ts')
    const args = ['-c', String(core), process.execPath, script, String(rpcPort), secret, codec, String(count)]
    const child = spawn('taskset', args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    return new Headsets(child, (JSON.parse(line) as { legs: string[] }).legs)
  }

  async hangUp(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.stdin?.end()
    await ended
  }
}
