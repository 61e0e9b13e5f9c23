import type { TickEngine } from './engine.ts'
import type { RollKeeper } from './exchange/roll.ts'
import type { Leg } from './legs/leg.ts'
import type { Party } from './legs/party.ts'
import { Mix } from './mix/mix.ts'
import { MediaError } from './protocol/errors.ts'
import type { EventData } from './protocol/events.ts'
import type { Recording } from './recording/recording.ts'
import type { BorrowedLeg } from './trunk/borrowed-leg.ts'
import type { TrunkBoard } from './trunk/trunk.ts'

type CloseReason = EventData<'leg.closed'>['reason']

/** Every leg, mix and recording of one thread, and what becomes of one when another ends. */
export class Switchboard implements TrunkBoard {
  readonly #engine: TickEngine
  readonly #roll: RollKeeper
  readonly #legs = new Map<string, Leg>()
  /** Legs of other threads that take part here. */
  readonly #borrowed = new Map<string, BorrowedLeg>()
  /** Who must be told when a leg of ours closes. */
  readonly #loans = new Map<Leg, (() => Promise<void>)[]>()
  /** A bridge is a mix of two. */
  readonly #mixes = new Map<string, Mix>()
  readonly #recordings = new Map<string, Recording>()
  /** Packets of legs that are closed. */
  #closed = { received: 0, sent: 0 }

  constructor(engine: TickEngine, roll: RollKeeper) {
    this.#engine = engine
    this.#roll = roll
  }

  get legs(): ReadonlyMap<string, Leg> {
    return this.#legs
  }

  get bridgeCount(): number {
    return this.#mixes.size
  }

  get recordingCount(): number {
    return this.#recordings.size
  }

  /** RTP packets of all legs since the start. */
  get packetsReceived(): number {
    return this.#legs.values().reduce((sum, leg) => sum + leg.input.stats.received, this.#closed.received)
  }

  get packetsSent(): number {
    return this.#legs.values().reduce((sum, leg) => sum + leg.output.stream.packets, this.#closed.sent)
  }

  addLeg(leg: Leg): void {
    this.#legs.set(leg.id, leg)
    this.#engine.add(leg)
    this.#roll.add('leg', leg.id, leg.owner)
  }

  leg(id: string, field = 'legId'): Leg {
    return this.#legs.get(id) ?? refuse('leg_not_found', `no leg ${id}`, field)
  }

  findLeg(id: string): Leg | undefined {
    return this.#legs.get(id)
  }

  /** A leg of this thread, or one that was borrowed for the request. */
  party(id: string, field: string): Party {
    return this.#borrowed.get(id) ?? this.leg(id, field)
  }

  /** Done at once in this thread, and everywhere when it resolves. */
  async closeLeg(leg: Leg, reason: CloseReason): Promise<void> {
    if (!this.#legs.delete(leg.id)) return
    this.#engine.remove(leg)
    this.#closed.received += leg.input.stats.received
    this.#closed.sent += leg.output.stream.packets
    const parted = this.#leave(leg)
    const recalled = this.#loans.get(leg)?.map((recall) => recall()) ?? []
    this.#loans.delete(leg)
    this.#roll.remove('leg', leg.id)
    leg.close(reason)
    await Promise.all([parted, ...recalled])
  }

  lend(leg: Leg, recall: () => Promise<void>): void {
    this.#loans.set(leg, [...(this.#loans.get(leg) ?? []), recall])
  }

  hasBorrowed(id: string): boolean {
    return this.#borrowed.has(id)
  }

  borrow(leg: BorrowedLeg): void {
    if (!leg.closed) this.#borrowed.set(leg.id, leg)
  }

  async giveBack(leg: BorrowedLeg): Promise<void> {
    this.#borrowed.delete(leg.id)
    await this.#leave(leg)
  }

  /**
   * Lets legs hear each other. Throws MediaError as `Mix.add`, and `invalid_params` when one is named twice. What cannot
   * be done whole is not done at all.
   */
  async createMix(parties: readonly Party[], relayDtmf: boolean, owner: string): Promise<Mix> {
    if (new Set(parties).size < parties.length) refuse('invalid_params', 'a leg is named twice', 'legs')
    const mix = new Mix(owner, relayDtmf)
    this.#mixes.set(mix.id, mix)
    this.#engine.add(mix)
    try {
      for (const [i, party] of parties.entries()) await mix.add(party, { is: 'talk' }, `legs.${i}`)
    } catch (error) {
      await this.#endMix(mix)
      const gone = parties.findIndex((party) => party.closed)
      throw gone < 0 ? error : new MediaError('leg_not_found', `no leg ${parties[gone]!.id}`, `legs.${gone}`)
    }
    this.#roll.add('bridge', mix.id, owner)
    return mix
  }

  /** @param field by which it was named */
  mix(id: string, field: 'mixId' | 'bridgeId' = 'mixId'): Mix {
    if (field === 'mixId') return this.#mixes.get(id) ?? refuse('mix_not_found', `no mix ${id}`, field)
    return this.#mixes.get(id) ?? refuse('bridge_not_found', `no bridge ${id}`, field)
  }

  async closeMix(id: string, field: 'mixId' | 'bridgeId' = 'mixId'): Promise<void> {
    await this.#endMix(this.mix(id, field))
  }

  /** Lets one leg go. Whoever is left alone is let go too: the mix has ended then. */
  async leaveMix(id: string, legId: string): Promise<boolean> {
    const mix = this.mix(id)
    const parted = mix.remove(legId)
    const ended = mix.parties.length < 2
    await Promise.all([parted, ended ? this.#endMix(mix) : undefined])
    return ended
  }

  addRecording(recording: Recording): void {
    this.#recordings.set(recording.id, recording)
    this.#engine.add(recording)
    this.#roll.add('recording', recording.id, recording.owner)
  }

  recording(id: string): Recording {
    return this.#recordings.get(id) ?? refuse('recording_not_found', `no recording ${id}`, 'recordingId')
  }

  /** Ends a recording and returns its facts. */
  async finishRecording(recording: Recording): ReturnType<Recording['stop']> {
    this.#engine.remove(recording)
    this.#recordings.delete(recording.id)
    this.#roll.remove('recording', recording.id)
    return recording.stop()
  }

  /** Ends all that an owner has; its recordings are finished properly. */
  async closeOwned(owner: string): Promise<void> {
    const legs = [...this.#legs.values()].filter((leg) => leg.owner === owner)
    const recordings = [...this.#recordings.values()].filter((recording) => recording.owner === owner)
    const closed = legs.map((leg) => this.closeLeg(leg, 'owner_gone'))
    const mixes = [...this.#mixes.values()].filter((mix) => mix.owner === owner)
    const parted = mixes.map((mix) => this.#endMix(mix))
    await Promise.allSettled([...closed, ...parted, ...recordings.map((recording) => this.finishRecording(recording))])
  }

  /** Ends everything. */
  async closeAll(): Promise<void> {
    await Promise.allSettled([...this.#recordings.values()].map((recording) => this.finishRecording(recording)))
    await Promise.all([...this.#legs.values()].map((leg) => this.closeLeg(leg, 'shutdown')))
  }

  #endMix(mix: Mix): Promise<void> {
    this.#engine.remove(mix)
    this.#mixes.delete(mix.id)
    this.#roll.remove('bridge', mix.id)
    return mix.close()
  }

  /** A leg ended: it leaves its mix, and its sides of recordings are silent. */
  async #leave(leg: Party): Promise<void> {
    for (const recording of this.#recordings.values()) recording.forget(leg)
    const mixes = [...this.#mixes.values()].filter((mix) => mix.parties.includes(leg))
    await Promise.all(mixes.map((mix) => this.leaveMix(mix.id, leg.id)))
  }
}

function refuse(code: ConstructorParameters<typeof MediaError>[0], message: string, field: string): never {
  throw new MediaError(code, message, field)
}
