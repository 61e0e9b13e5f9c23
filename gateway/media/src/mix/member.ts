import type { Codec, Rate } from '../codec/codec.ts'
import { Ear } from '../ear/ear.ts'
import type { Party } from '../legs/party.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { Role } from './role.ts'

/** A packet older than this is not followed by the next one. */
const RECENT_MS = 60

/** One leg in a mix. */
export class Member {
  readonly party: Party
  role: Role
  /** Who hears this one and nobody else: they get its packets as they come. */
  direct: Party[] = []
  /** Who hears its keys. */
  audience: Party[] = []
  /** What it sends in is wide-band. */
  wide = false
  /** Its part of the current frame; meaningful while it is mixed. */
  frame = new Int16Array(0)
  #ear: Ear | undefined
  #last: { packet: RtpPacket; codec: Codec; at: number } | undefined

  constructor(party: Party, role: Role) {
    this.party = party
    this.role = role
  }

  get id(): string {
    return this.party.id
  }

  get mixed(): boolean {
    return this.#ear !== undefined
  }

  /**
   * Starts or stops to hear it for mixing. An ear begins with the newest packet, which was relayed already: what comes
   * next follows it without a gap.
   * @param now on the monotonic clock in ms
   */
  listen(rate: Rate | undefined, now: number): void {
    if (rate === this.#ear?.rate) return
    this.#ear = rate && new Ear(rate)
    this.frame = new Int16Array(rate ? rate / 50 : 0)
    const last = this.#last
    if (last && now - last.at < RECENT_MS) this.#ear?.receive(last.packet, last.codec)
  }

  /** Hears 20 ms. */
  read(): void {
    this.#ear?.read(this.frame)
  }

  /** Passes a packet on to those who hear only this one, and keeps it for the mix. */
  hear(packet: RtpPacket, codec: Codec, at: number): void {
    const uses = this.direct.length + (this.#ear ? 1 : 0)
    // Whoever gets a packet owns its payload.
    const own = () => (uses > 1 ? copied(packet) : packet)
    this.#last = this.#ear ? undefined : { packet: copied(packet), codec, at }
    this.#ear?.receive(own(), codec)
    for (const party of this.direct) party.relay(own(), codec, at)
  }
}

function copied(packet: RtpPacket): RtpPacket {
  return { ...packet, payload: Buffer.from(packet.payload) }
}
