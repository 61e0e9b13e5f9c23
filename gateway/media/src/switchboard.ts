import { Bridge } from './bridge/bridge.ts'
import type { TickEngine } from './engine.ts'
import type { Leg } from './legs/leg.ts'
import { MediaError } from './protocol/errors.ts'
import type { EventData } from './protocol/events.ts'
import type { Recording } from './recording/recording.ts'

/** Every leg, bridge and recording of the server, and what becomes of one when another ends. */
export class Switchboard {
  readonly #engine: TickEngine
  readonly #legs = new Map<string, Leg>()
  readonly #bridges = new Map<string, { bridge: Bridge; owner: string }>()
  readonly #recordings = new Map<string, Recording>()
  /** Packets of legs that are closed. */
  #closed = { received: 0, sent: 0 }

  constructor(engine: TickEngine) {
    this.#engine = engine
  }

  get legs(): ReadonlyMap<string, Leg> {
    return this.#legs
  }

  get bridgeCount(): number {
    return this.#bridges.size
  }

  get recordings(): ReadonlyMap<string, Recording> {
    return this.#recordings
  }

  /** RTP packets of all legs since the start. */
  get packetsReceived(): number {
    return this.#legs.values().reduce((sum, leg) => sum + leg.input.stats.received, this.#closed.received)
  }

  get packetsSent(): number {
    return this.#legs.values().reduce((sum, leg) => sum + leg.output.stream.packets, this.#closed.sent)
  }

  /** What an owner has, for `hello`. */
  ownedBy(owner: string): { legs: string[]; bridges: string[]; recordings: string[] } {
    return {
      legs: [...this.#legs.values()].filter((leg) => leg.owner === owner).map((leg) => leg.id),
      bridges: [...this.#bridges.values()].filter((b) => b.owner === owner).map((b) => b.bridge.id),
      recordings: [...this.#recordings.values()].filter((r) => r.owner === owner).map((r) => r.id),
    }
  }

  addLeg(leg: Leg): void {
    this.#legs.set(leg.id, leg)
    this.#engine.add(leg)
  }

  leg(id: string, field = 'legId'): Leg {
    return this.#legs.get(id) ?? refuse('leg_not_found', `no leg ${id}`, field)
  }

  closeLeg(leg: Leg, reason: EventData<'leg.closed'>['reason']): void {
    this.#engine.remove(leg)
    this.#legs.delete(leg.id)
    this.#closed.received += leg.input.stats.received
    this.#closed.sent += leg.output.stream.packets
    for (const { bridge } of this.#bridges.values()) if (bridge.legs.includes(leg)) this.closeBridge(bridge.id)
    for (const recording of this.#recordings.values()) recording.forget(leg)
    leg.close(reason)
  }

  createBridge(legs: readonly [Leg, Leg], relayDtmf: boolean, owner: string): Bridge {
    const bridge = new Bridge(legs, relayDtmf)
    this.#bridges.set(bridge.id, { bridge, owner })
    return bridge
  }

  bridge(id: string): Bridge {
    return this.#bridges.get(id)?.bridge ?? refuse('bridge_not_found', `no bridge ${id}`, 'bridgeId')
  }

  closeBridge(id: string): void {
    this.bridge(id).close()
    this.#bridges.delete(id)
  }

  addRecording(recording: Recording): void {
    this.#recordings.set(recording.id, recording)
    this.#engine.add(recording)
  }

  recording(id: string): Recording {
    return this.#recordings.get(id) ?? refuse('recording_not_found', `no recording ${id}`, 'recordingId')
  }

  removeRecording(recording: Recording): void {
    this.#engine.remove(recording)
    this.#recordings.delete(recording.id)
  }

  /** Ends all that an owner has; its recordings are finished properly. */
  async closeOwned(owner: string, reason: EventData<'leg.closed'>['reason']): Promise<void> {
    const recordings = [...this.#recordings.values()].filter((recording) => recording.owner === owner)
    for (const leg of [...this.#legs.values()]) if (leg.owner === owner) this.closeLeg(leg, reason)
    for (const [id, entry] of [...this.#bridges]) if (entry.owner === owner) this.closeBridge(id)
    await Promise.allSettled(recordings.map((recording) => this.finishRecording(recording)))
  }

  /** Ends everything. */
  async closeAll(): Promise<void> {
    await Promise.allSettled([...this.#recordings.values()].map((recording) => this.finishRecording(recording)))
    for (const leg of [...this.#legs.values()]) this.closeLeg(leg, 'shutdown')
  }

  /** Ends a recording and returns its facts. */
  async finishRecording(recording: Recording): ReturnType<Recording['stop']> {
    this.removeRecording(recording)
    return recording.stop()
  }
}

function refuse(code: ConstructorParameters<typeof MediaError>[0], message: string, field: string): never {
  throw new MediaError(code, message, field)
}
