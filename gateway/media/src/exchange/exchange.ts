import { performance } from 'node:perf_hooks'
import { MessageChannel } from 'node:worker_threads'
import type { Logger } from 'pino'
import { toProcessClock } from '../clock.ts'
import type { MediaConfig } from '../config.ts'
import type { Emit } from '../protocol/events.ts'
import { PortPool } from '../rtp/ports.ts'
import { LocalPlace } from './local-place.ts'
import type { Figures, Place, PlacedMethod, PlaceRequest } from './place.ts'
import { Roll } from './roll.ts'
import { ThreadPlace } from './thread-place.ts'

/** Before a dead thread is replaced: one that dies at its start must not keep the others from working. */
const REPLACE_AFTER_MS = 200
/** Where requests name things; the first named says where the request is done. */
const NAMES = ['bridgeId', 'mixId', 'recordingId', 'legs', 'customer', 'agent', 'legId'] as const

type LegWanted = { kind?: string; near?: string }
type Setting = {
  config: MediaConfig
  log: Logger
  emitTo(owner: string): Emit
  /** Whether an owner is connected, or may still come back. */
  isExpected(owner: string): boolean
}

/**
 * All places of the server, the main thread's own and one for each worker thread. A request is done where the first
 * thing it names lives; legs it names besides are lent to that place. WebRTC legs live in the main thread, an RTP leg
 * beside the one it is to be near, else in the thread that has the fewest.
 */
export class Exchange {
  readonly ports: PortPool
  readonly #setting: Setting
  readonly #originAt = performance.now()
  readonly #local: LocalPlace<Roll>
  readonly #threads = new Map<number, ThreadPlace>()
  readonly #trunks = new Set<string>()
  /** Totals of threads that died. */
  readonly #past: Figures[] = []
  #nextNumber = 0
  #closing = false

  constructor(setting: Setting) {
    const { config } = setting
    this.#setting = setting
    this.ports = new PortPool(config.rtpPorts, config.portRestMs)
    this.#local = new LocalPlace({ ...this.#common(), roll: new Roll(), originAt: this.#originAt })
    for (let i = 0; i < config.threads; i++) this.#startThread()
  }

  get places(): readonly Place[] {
    return [this.#local, ...this.#threads.values()]
  }

  /** Does a method for an owner, its parameters parsed. Rejects with MediaError to refuse. */
  async perform(method: PlacedMethod, params: object, owner: string): Promise<unknown> {
    const result = await (method === 'leg.create' ? this.#create(params, owner) : this.#ask(method, params, owner))
    // Who stayed away too long while this was done gets nothing.
    if (!this.#setting.isExpected(owner)) await this.closeOwned(owner)
    return result
  }

  /** Resolves when every thread answers. */
  async ready(): Promise<void> {
    await this.figures()
  }

  /** What an owner has, for `hello`. */
  ownedBy(owner: string): { legs: string[]; bridges: string[]; recordings: string[] } {
    const rolls = this.places.map((place) => place.roll)
    return {
      legs: rolls.flatMap((roll) => roll.ownedBy('leg', owner)),
      bridges: rolls.flatMap((roll) => roll.ownedBy('bridge', owner)),
      recordings: rolls.flatMap((roll) => roll.ownedBy('recording', owner)),
    }
  }

  async closeOwned(owner: string): Promise<void> {
    await Promise.all(this.places.map((place) => place.closeOwned(owner)))
  }

  /** The sums over all places. */
  async figures(): Promise<Figures> {
    const all = await Promise.all(this.places.map((place) => place.figures()))
    return [...all, ...this.#past].reduce((sum, one) => ({
      legs: { rtp: sum.legs.rtp + one.legs.rtp, webrtc: sum.legs.webrtc + one.legs.webrtc },
      bridges: sum.bridges + one.bridges,
      recordings: sum.recordings + one.recordings,
      packetsReceived: sum.packetsReceived + one.packetsReceived,
      packetsSent: sum.packetsSent + one.packetsSent,
      ticksSkipped: sum.ticksSkipped + one.ticksSkipped,
    }))
  }

  /** Finishes recordings, closes legs, ends the threads. */
  async close(): Promise<void> {
    this.#closing = true
    await Promise.all(this.places.map((place) => place.close()))
    await Promise.all(this.#threads.values().map((thread) => thread.terminate()))
  }

  async #create(params: object, owner: string): Promise<unknown> {
    const request: PlaceRequest = { method: 'leg.create', params, owner, foreign: [] }
    const thread = this.#threadFor(params as LegWanted)
    if (!thread) return this.#local.perform(request)
    thread.coming++
    return thread.perform(request).finally(() => thread.coming--)
  }

  #ask(method: PlacedMethod, params: object, owner: string): Promise<unknown> {
    const [first, ...others] = namesIn(params)
    const home = this.#homeOf(first) ?? this.#local
    const foreign = others.flatMap((legId) => {
      const place = this.#homeOf(legId)
      if (!place || place === home) return []
      this.#connect(home, place)
      return [{ legId, at: place.number }]
    })
    return home.perform({ method, params, owner, foreign })
  }

  #homeOf(id: string | undefined): Place | undefined {
    return id === undefined ? undefined : this.places.find((place) => place.roll.has(id))
  }

  #threadFor({ kind, near }: LegWanted): ThreadPlace | undefined {
    if (kind !== 'rtp') return undefined
    const beside = near === undefined ? undefined : this.#threads.values().find(({ roll }) => roll.has(near))
    return beside ?? this.#leastLoaded()
  }

  #leastLoaded(): ThreadPlace | undefined {
    return [...this.#threads.values()].sort((a, b) => a.load - b.load)[0]
  }

  #connect(a: Place, b: Place): void {
    const pair = [a.number, b.number].sort().join('-')
    if (this.#trunks.has(pair)) return
    this.#trunks.add(pair)
    const { port1, port2 } = new MessageChannel()
    a.connect({ to: b.number, side: 0, port: port1 })
    b.connect({ to: a.number, side: 1, port: port2 })
  }

  #common() {
    const { config, log, emitTo } = this.#setting
    // What is kept in all threads together stays within the setting.
    const promptCacheBytes = Math.floor(config.promptCacheBytes / (config.threads + 1))
    return { number: this.#nextNumber++, config, log, emitTo, promptCacheBytes, ports: this.ports }
  }

  #startThread(): void {
    const thread = new ThreadPlace({
      ...this.#common(),
      originAt: toProcessClock(this.#originAt),
      onDied: (dead) => this.#replace(dead),
    })
    this.#threads.set(thread.number, thread)
  }

  #replace(dead: ThreadPlace): void {
    this.#threads.delete(dead.number)
    this.#past.push(dead.past)
    if (this.#closing) return
    this.#setting.log.error({ thread: dead.number, legs: dead.roll.legs }, 'a thread died; another takes its place')
    setTimeout(() => {
      if (!this.#closing) this.#startThread()
    }, REPLACE_AFTER_MS)
  }
}

function namesIn(params: object): string[] {
  const given = params as Partial<Record<(typeof NAMES)[number], string | string[] | null>>
  return NAMES.flatMap((name) => given[name] ?? [])
}
