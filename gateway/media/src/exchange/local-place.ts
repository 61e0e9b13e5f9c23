import type { Logger } from 'pino'
import type { MediaConfig } from '../config.ts'
import { TickEngine } from '../engine.ts'
import { MusicLibrary } from '../prompts/music-library.ts'
import { PromptLibrary } from '../prompts/prompt-library.ts'
import type { Emit } from '../protocol/events.ts'
import type { MethodName } from '../protocol/methods.ts'
import type { Handler, PlaceContext } from '../rpc/handler.ts'
import { handlers } from '../rpc/methods/index.ts'
import type { PortSource } from '../rtp/ports.ts'
import { Switchboard } from '../switchboard.ts'
import { Trunk } from '../trunk/trunk.ts'
import type { Figures, PlaceRequest, TrunkGiven } from './place.ts'
import type { RollKeeper } from './roll.ts'

export type LocalSetting<R extends RollKeeper> = {
  number: number
  config: MediaConfig
  roll: R
  ports: PortSource
  log: Logger
  /** Moment of tick 0 on this thread's monotonic clock: all places tick and count as one. */
  originAt: number
  /** Bytes of decoded prompts to keep. */
  promptCacheBytes: number
  emitTo(owner: string): Emit
}

/** The calls of this thread: its switchboard, its 20 ms timer, and the trunks to other threads. */
export class LocalPlace<R extends RollKeeper> {
  readonly number: number
  readonly roll: R
  readonly #context: PlaceContext
  readonly #engine: TickEngine
  readonly #switchboard: Switchboard
  readonly #trunks = new Map<number, Trunk>()
  readonly #borrowing = new Map<string, Promise<void>>()

  constructor({ number, roll, promptCacheBytes, originAt, ...given }: LocalSetting<R>) {
    const { config, log } = given
    this.number = number
    this.roll = roll
    this.#engine = new TickEngine((error) => log.error({ err: error }, 'a tick failed'))
    this.#switchboard = new Switchboard(this.#engine, roll)
    const prompts = new PromptLibrary(config.promptDir, promptCacheBytes)
    this.#context = { ...given, switchboard: this.#switchboard, prompts, music: new MusicLibrary(prompts) }
    this.#engine.start(originAt)
  }

  async perform({ method, params, owner, foreign }: PlaceRequest): Promise<unknown> {
    if (foreign.length > 0) await Promise.all(foreign.map(({ legId, at }) => this.#borrow(legId, at)))
    // The register pairs each name with the handler of its own parameters, which a union of names cannot express.
    const handler = handlers[method] as Handler<MethodName>
    return handler(params as never, this.#context, owner)
  }

  connect({ to, side, port }: TrunkGiven): void {
    this.#trunks.set(to, new Trunk(port, side, this.#switchboard, () => this.#trunks.delete(to)))
  }

  closeOwned(owner: string): Promise<void> {
    return this.#switchboard.closeOwned(owner)
  }

  async figures(): Promise<Figures> {
    const { legs, bridgeCount, recordingCount, packetsReceived, packetsSent } = this.#switchboard
    const rtp = legs.values().reduce((sum, leg) => sum + (leg.kind === 'rtp' ? 1 : 0), 0)
    return {
      legs: { rtp, webrtc: legs.size - rtp },
      bridges: bridgeCount,
      recordings: recordingCount,
      packetsReceived,
      packetsSent,
      ticksSkipped: this.#engine.skipped,
    }
  }

  async close(): Promise<void> {
    this.#engine.stop()
    await this.#switchboard.closeAll()
  }

  /** Lets a leg of another place take part here, once for all. When it is gone, whoever names it is refused. */
  async #borrow(legId: string, at: number): Promise<void> {
    if (this.#switchboard.hasBorrowed(legId)) return
    const borrowing = this.#borrowing.get(legId) ?? this.#openLine(legId, at)
    this.#borrowing.set(legId, borrowing)
    await borrowing
  }

  async #openLine(legId: string, at: number): Promise<void> {
    const leg = await this.#trunks.get(at)?.borrow(legId)
    this.#borrowing.delete(legId)
    if (leg) this.#switchboard.borrow(leg)
  }
}
