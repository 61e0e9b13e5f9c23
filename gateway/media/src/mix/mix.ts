import { randomUUID } from 'node:crypto'
import type { Codec, Rate } from '../codec/codec.ts'
import { linear, toPayload } from '../codec/l16.ts'
import type { Ticker } from '../engine.ts'
import type { Party } from '../legs/party.ts'
import { MediaError } from '../protocol/errors.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { Member } from './member.ts'
import { hears, type Role } from './role.ts'

/**
 * Legs that hear each other, each as its role says. Who hears exactly one other leg gets its packets as they come, so a
 * mix of two is a relay and stays one for the two when a third only listens. Who hears more gets the sum, frame by frame.
 */
export class Mix implements Ticker {
  readonly id = randomUUID()
  readonly owner: string
  readonly #relayDtmf: boolean
  readonly #members = new Map<string, Member>()
  #rate: Rate = 8_000
  /** Who hears more than one. */
  #listeners: Member[] = []
  #closed = false
  #now = Number.NEGATIVE_INFINITY

  /** @param relayDtmf whether keys of one are passed on to those who hear it */
  constructor(owner: string, relayDtmf: boolean) {
    this.owner = owner
    this.#relayDtmf = relayDtmf
  }

  /** The legs in it, in the order they joined. */
  get parties(): Party[] {
    return [...this.#members.values()].map(({ party }) => party)
  }

  /**
   * Takes a leg in, ends what it plays. Throws MediaError `leg_already_bridged`, `leg_not_found` when it closed meanwhile,
   * `mix_not_found` when the mix did, `leg_not_in_mix` when it is to whisper to somebody who is not there.
   */
  async add(party: Party, role: Role, field: string): Promise<void> {
    this.#check(role)
    const member = new Member(party, role)
    await party.join({
      audio: (packet, codec, at) => this.#hear(member, packet, codec, at),
      telephoneEvent: (packet, at) => this.#relayKey(member, packet, at),
    })
    if (!party.closed && !this.#closed) {
      this.#members.set(party.id, member)
      this.#plan()
      return
    }
    await party.part()
    if (party.closed) throw new MediaError('leg_not_found', `no leg ${party.id}`, field)
    throw new MediaError('mix_not_found', `mix ${this.id} ended`, 'mixId')
  }

  /** Changes what a leg does, from the next packet and frame on. */
  assign(legId: string, role: Role): void {
    const member = this.#member(legId, 'legId')
    this.#check(role)
    member.role = role
    this.#plan()
  }

  /** Lets a leg go; done at once if it is of this thread, and everywhere when it resolves. */
  async remove(legId: string): Promise<void> {
    const { party } = this.#member(legId, 'legId')
    this.#members.delete(legId)
    this.#plan()
    await party.part()
  }

  /** Parts all. */
  async close(): Promise<void> {
    this.#closed = true
    const { parties } = this
    this.#members.clear()
    this.#plan()
    await Promise.all(parties.map((party) => party.part()))
  }

  tick(at: number): void {
    this.#now = at
    if (this.#listeners.length === 0) return
    const total = new Int32Array(this.#rate / 50)
    for (const member of this.#members.values()) {
      member.read()
      if (member.role.is === 'talk') addTo(total, member.frame, 1)
    }
    for (const listener of this.#listeners) this.#send(listener, total, at)
  }

  /** All that talk but the listener itself, and who whispers to it. */
  #send(listener: Member, total: Int32Array, at: number): void {
    const sum = total.slice()
    if (listener.role.is === 'talk') addTo(sum, listener.frame, -1)
    for (const member of this.#members.values()) {
      if (member.role.is === 'whisper' && member.role.to === listener.id) addTo(sum, member.frame, 1)
    }
    const samples = new Int16Array(sum.length)
    for (let i = 0; i < sum.length; i++) samples[i] = Math.max(-32_768, Math.min(32_767, sum[i]!))
    listener.party.relay(linearPacket(toPayload(samples)), linear(this.#rate), at)
  }

  /** Decides who is relayed to whom, and who must be mixed. */
  #plan(): void {
    const members = [...this.#members.values()]
    const heardBy = new Map(
      members.map((listener) => [listener, members.filter((speaker) => hears(listener, speaker))]),
    )
    this.#rate = members.filter(({ wide }) => wide).length > 1 ? 16_000 : 8_000
    this.#listeners = members.filter((listener) => heardBy.get(listener)!.length > 1)
    for (const member of members) {
      const audience = members.filter((listener) => heardBy.get(listener)!.includes(member))
      member.audience = audience.map(({ party }) => party)
      member.direct = audience.filter((listener) => heardBy.get(listener)!.length === 1).map(({ party }) => party)
      member.listen(member.direct.length < audience.length ? this.#rate : undefined, this.#now)
    }
  }

  #hear(member: Member, packet: RtpPacket, codec: Codec, at: number): void {
    if (codec.name !== 'CN' && codec.wide !== member.wide) {
      member.wide = codec.wide
      this.#plan()
    }
    member.hear(packet, codec, at)
  }

  #relayKey(member: Member, packet: RtpPacket, at: number): void {
    if (!this.#relayDtmf) return
    for (const party of member.audience) party.relayKey(packet, at)
  }

  #member(legId: string, field: string): Member {
    const member = this.#members.get(legId)
    if (!member) throw new MediaError('leg_not_in_mix', `leg ${legId} is not in mix ${this.id}`, field)
    return member
  }

  #check(role: Role): void {
    if (role.is === 'whisper') this.#member(role.to, 'to')
  }
}

function addTo(sum: Int32Array, samples: Int16Array, sign: 1 | -1): void {
  for (let i = 0; i < samples.length; i++) sum[i] = sum[i]! + sign * samples[i]!
}

/** Linear frames carry no numbers: the output that sends them counts for itself. */
function linearPacket(payload: Buffer): RtpPacket {
  return { payloadType: 0, marker: false, sequence: 0, timestamp: 0, ssrc: 0, payload }
}
