import type { Emit, EventData, EventName } from '../protocol/events.ts'

/** Events kept for an owner whose connection is down; older ones are dropped. */
const MAX_KEPT_EVENTS = 1_000

/** A connection that speaks for an owner. */
export type Voice = { send(message: object): void; end(): void }
type Owner = { voice: Voice | undefined; kept: object[]; grace: NodeJS.Timeout | undefined }

/** Who is connected for whom: events find their owner, and legs outlive a lost connection for a while. */
export class Owners {
  readonly #graceMs: number
  readonly #onGone: (owner: string) => void
  readonly #owners = new Map<string, Owner>()

  /** @param onGone is told when an owner stayed away longer than the grace */
  constructor(graceMs: number, onGone: (owner: string) => void) {
    this.#graceMs = graceMs
    this.#onGone = onGone
  }

  get connected(): number {
    return [...this.#owners.values()].filter((owner) => owner.voice).length
  }

  /** Whether an owner is connected, or may still come back. */
  has(name: string): boolean {
    return this.#owners.has(name)
  }

  /** A connection said hello. An older one of the same owner is ended: it is dead and does not know it yet. */
  attach(name: string, voice: Voice): void {
    const owner = this.#owner(name)
    clearTimeout(owner.grace)
    owner.voice?.end()
    owner.voice = voice
  }

  /** Sends what happened while nobody listened; to be called after the answer to hello. */
  deliverKept(name: string): void {
    const owner = this.#owner(name)
    for (const message of owner.kept.splice(0)) owner.voice?.send(message)
  }

  /** A connection ended. */
  detach(name: string, voice: Voice): void {
    const owner = this.#owners.get(name)
    if (owner?.voice !== voice) return
    owner.voice = undefined
    owner.grace = setTimeout(() => {
      this.#owners.delete(name)
      this.#onGone(name)
    }, this.#graceMs)
  }

  /** The way to tell an owner. */
  emitTo(name: string): Emit {
    return (event, data) => this.#tell(name, event, data)
  }

  close(): void {
    for (const owner of this.#owners.values()) {
      clearTimeout(owner.grace)
      owner.voice?.end()
    }
    this.#owners.clear()
  }

  #tell<E extends EventName>(name: string, event: E, data: EventData<E>): void {
    const owner = this.#owners.get(name)
    owner?.voice?.send({ event, data })
    if (!owner || owner.voice || event === 'leg.level') return
    owner.kept.push({ event, data })
    if (owner.kept.length > MAX_KEPT_EVENTS) owner.kept.shift()
  }

  #owner(name: string): Owner {
    const known = this.#owners.get(name)
    if (known) return known
    const owner: Owner = { voice: undefined, kept: [], grace: undefined }
    this.#owners.set(name, owner)
    return owner
  }
}
