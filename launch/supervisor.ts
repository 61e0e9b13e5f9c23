import { setTimeout as delay } from 'node:timers/promises'
import type { RunningService, Service } from './service.ts'

export type SupervisorOptions = {
  /** Hears what the user should know: that something died and comes back. */
  say: (line: string) => void
  /** Waits between restarts of one service that keeps dying; the last one repeats. */
  backoffMs?: readonly number[]
  /** A service that lived so long starts again with the first wait. */
  settledMs?: number
}

const defaultBackoffMs = [250, 1000, 3000, 10_000, 30_000]

/** Keeps services running: starts them in the given order, brings back what dies, stops all in reverse order. */
export class Supervisor {
  readonly #options: Required<SupervisorOptions>
  readonly #running = new Map<string, RunningService>()
  readonly #watches: Promise<void>[] = []
  readonly #stopping = new AbortController()
  readonly #renewed = new Set<string>()

  constructor({ say, backoffMs = defaultBackoffMs, settledMs = 60_000 }: SupervisorOptions) {
    this.#options = { say, backoffMs, settledMs }
  }

  /** Starts a service and watches over it from then on. Rejects when it does not start this first time. */
  async start(service: Service): Promise<void> {
    const running = await service.start()
    if (this.#stopping.signal.aborted) return running.stop()
    this.#running.set(service.name, running)
    this.#watches.push(this.#watch(service, running))
  }

  /** Stops a service and starts it again at once, as when its source changed. */
  async restart(name: string): Promise<void> {
    this.#renewed.add(name)
    await this.#running.get(name)?.stop()
  }

  /** Stops every service, the last started first. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const running of [...this.#running.values()].reverse()) await running.stop()
    await Promise.all(this.#watches)
  }

  /** Ends every service at once. */
  kill(): void {
    this.#stopping.abort()
    for (const running of this.#running.values()) running.kill()
  }

  async #watch(service: Service, first: RunningService): Promise<void> {
    const { say, backoffMs, settledMs } = this.#options
    let running: RunningService | undefined = first
    let deaths = 0
    while (!this.#stopping.signal.aborted) {
      const since = Date.now()
      const reason: string = running ? await running.exited : 'it did not start'
      if (this.#stopping.signal.aborted) return
      if (this.#renewed.delete(service.name)) {
        running = await this.#restart(service, 0)
        continue
      }
      deaths = Date.now() - since > settledMs ? 1 : deaths + 1
      const waitMs = backoffMs[Math.min(deaths, backoffMs.length) - 1] as number
      say(`${service.name} ended (${reason}) and is started again in ${waitMs / 1000} s`)
      running = await this.#restart(service, waitMs)
    }
  }

  async #restart(service: Service, waitMs: number): Promise<RunningService | undefined> {
    const { say } = this.#options
    try {
      await delay(waitMs, undefined, { signal: this.#stopping.signal })
      const running = await service.start()
      if (this.#stopping.signal.aborted) {
        await running.stop()
        return undefined
      }
      // its place in the order stays: a Map keeps a key where it was first set
      this.#running.set(service.name, running)
      say(`${service.name} is back`)
      return running
    } catch (error) {
      if (!this.#stopping.signal.aborted) say((error as Error).message)
      return undefined
    }
  }
}
