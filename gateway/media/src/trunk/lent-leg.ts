import type { Codec } from '../codec/codec.ts'
import type { Leg } from '../legs/leg.ts'
import type { AudioTap } from '../legs/leg-input.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { LineEnd, SendPacket } from './trunk.ts'

/** A leg of this thread that a bridge or recording of another takes part in: the end of the line that has the leg. */
export class LentLeg implements LineEnd, AudioTap {
  readonly leg: Leg
  readonly #send: SendPacket
  #joined = false

  constructor(leg: Leg, send: SendPacket) {
    this.leg = leg
    this.#send = send
  }

  /** Throws as `Leg.join`. */
  join(): void {
    this.leg.join({
      audio: (packet, codec, at) => this.#send(packet, codec, at),
      telephoneEvent: (packet, at) => this.#send(packet, undefined, at),
    })
    this.#joined = true
  }

  part(): void {
    if (this.#joined) this.leg.part()
    this.#joined = false
  }

  tap(on: boolean): void {
    if (on) this.leg.listen(this)
    else this.leg.unlisten(this)
  }

  /** Nobody at the other end any more. */
  release(): void {
    this.part()
    this.tap(false)
  }

  /** While bridged every packet goes over as such, and is tapped at the other end. */
  audio(packet: RtpPacket, codec: Codec, at: number): void {
    if (!this.#joined) this.#send(packet, codec, at)
  }

  receive(packet: RtpPacket, codec: Codec | undefined, at: number): void {
    if (!this.#joined) return
    if (codec) this.leg.relay(packet, codec, at)
    else this.leg.relayKey(packet, at)
  }
}
