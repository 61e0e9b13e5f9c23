import { MessageChannel, Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { MediaConfig } from '../config.ts'
import type { Emit } from '../protocol/events.ts'
import type { PortSource } from '../rtp/ports.ts'
import { PortRpc } from '../trunk/port-rpc.ts'
import { Heartbeat } from './heartbeat.ts'
import type { Figures, Place, PlaceRequest, TrunkGiven } from './place.ts'
import { Roll } from './roll.ts'
import type { MainDeeds, ThreadDeeds } from './thread-deeds.ts'
import type { ThreadData } from './thread-main.ts'

export type ThreadSetting = {
  number: number
  config: MediaConfig
  promptCacheBytes: number
  /** Moment of tick 0 on the process's clock. */
  originAt: number
  ports: PortSource
  log: Logger
  emitTo(owner: string): Emit
  /** Is told when the thread died of itself, after the owners of its legs and recordings were. */
  onDied(place: ThreadPlace): void
}

/** The calls of a worker thread, seen from the main thread. */
export class ThreadPlace implements Place {
  readonly number: number
  readonly roll = new Roll()
  /** Legs that are being made there. */
  coming = 0
  readonly #setting: ThreadSetting
  readonly #worker: Worker
  readonly #rpc: PortRpc<ThreadDeeds>
  readonly #ports = new Set<number>()
  #heartbeat: Heartbeat | undefined
  #closing = false
  #seen = NOTHING

  constructor(setting: ThreadSetting) {
    const { number, config, promptCacheBytes, originAt, log } = setting
    const { port1, port2 } = new MessageChannel()
    const workerData: ThreadData = { number, config, promptCacheBytes, originAt, port: port2 }
    this.number = number
    this.#setting = setting
    this.#rpc = new PortRpc<ThreadDeeds>(port1, this.#deeds(), () => {})
    this.#worker = new Worker(new URL('./thread-main.ts', import.meta.url), { workerData, transferList: [port2] })
    this.#worker.on('error', (error) => log.error({ err: error, thread: number }, 'a thread failed'))
    this.#worker.once('exit', () => this.#ended())
    if (config.threadHangMs > 0) void this.#watch(config.threadHangMs)
  }

  /** What placement compares: legs there and on their way. */
  get load(): number {
    return this.roll.legs + this.coming
  }

  perform(request: PlaceRequest): Promise<unknown> {
    return this.#rpc.ask('perform', request)
  }

  connect(trunk: TrunkGiven): void {
    this.#rpc.tell('connect', trunk, [trunk.port])
  }

  async closeOwned(owner: string): Promise<void> {
    await this.#rpc.ask('closeOwned', owner).catch((error) => this.#unclosed(error))
  }

  async figures(): Promise<Figures> {
    try {
      this.#seen = await this.#rpc.ask('figures', undefined)
      return this.#seen
    } catch {
      return this.past
    }
  }

  /** What remains of a dead thread: its totals as they were last seen. */
  get past(): Figures {
    const { packetsReceived, packetsSent, ticksSkipped } = this.#seen
    return { ...NOTHING, packetsReceived, packetsSent, ticksSkipped }
  }

  async close(): Promise<void> {
    this.#closing = true
    await this.#rpc.ask('close', undefined).catch((error) => this.#unclosed(error))
  }

  /** Ends the thread itself; to be called when every place is closed. */
  async terminate(): Promise<void> {
    this.#closing = true
    await this.#worker.terminate()
  }

  /** A thread that died meanwhile has nothing left to close; the others go on. */
  #unclosed(error: unknown): void {
    this.#setting.log.warn({ err: error, thread: this.number }, 'a thread did not close what it had')
  }

  #deeds(): MainDeeds {
    const { ports, emitTo } = this.#setting
    return {
      event: ({ owner, event, data }) => emitTo(owner)(event, data),
      rollAdd: ({ thing, id, owner }) => this.roll.add(thing, id, owner),
      rollRemove: ({ thing, id }) => this.roll.remove(thing, id),
      takePort: async () => {
        const port = await ports.take()
        this.#ports.add(port)
        return port
      },
      releasePort: (port) => {
        this.#ports.delete(port)
        ports.release(port)
      },
    }
  }

  /** A thread that runs but does nothing is as bad as a dead one, and is made one. */
  async #watch(withinMs: number): Promise<void> {
    const beat = () => this.#rpc.ask('beat', undefined)
    // How long a thread takes to start depends on the machine.
    await beat().catch(() => {})
    if (this.#closing) return
    this.#heartbeat = new Heartbeat({
      ...{ beat, withinMs },
      onHung: () => {
        this.#setting.log.error({ thread: this.number, withinMs }, 'a thread hangs')
        void this.#worker.terminate()
      },
    })
  }

  #ended(): void {
    this.#heartbeat?.stop()
    const { ports, emitTo, onDied } = this.#setting
    for (const port of this.#ports) ports.release(port)
    if (this.#closing) return
    for (const { id, owner } of this.roll.all('recording')) {
      emitTo(owner)('recording.failed', { recordingId: id, fatal: true, message: 'the thread that wrote it died' })
    }
    for (const { id, owner } of this.roll.all('leg')) emitTo(owner)('leg.closed', { legId: id, reason: 'failed' })
    onDied(this)
  }
}

const NOTHING: Figures = {
  legs: { rtp: 0, webrtc: 0 },
  bridges: 0,
  recordings: 0,
  packetsReceived: 0,
  packetsSent: 0,
  ticksSkipped: 0,
}
