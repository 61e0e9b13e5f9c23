import type { Codec } from '../codec/codec.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { sequenceDistance } from '../rtp/serial.ts'

/** Two seconds of 20 ms packets: a sender that bursts more than this loses its oldest. */
const CAPACITY = 100
/** A sequence this far from the last one is another stream, not disorder. */
const RESTART_JUMP = 1_000

/** A packet that waits for its turn. `first` when the stream starts anew with it. */
export type Held = { packet: RtpPacket; codec: Codec; first: boolean }

/** Packets of one stream in the order they were sent, each once; what comes after its turn is left out. */
export class JitterBuffer {
  #held: Held[] = []
  #ssrc: number | undefined
  #taken: number | undefined
  /** Packets that came too late, or twice. */
  refused = 0

  get first(): Held | undefined {
    return this.#held[0]
  }

  get last(): Held | undefined {
    return this.#held.at(-1)
  }

  put(packet: RtpPacket, codec: Codec): void {
    const first = this.#restarts(packet)
    if (first) this.#restart(packet.ssrc)
    const place = this.#placeOf(packet.sequence)
    if (place === undefined) {
      this.refused++
      return
    }
    this.#held.splice(place, 0, { packet, codec, first })
    if (this.#held.length > CAPACITY) this.#held.shift()
  }

  /** Takes out the first one. */
  take(): Held {
    const held = this.#held.shift()!
    this.#taken = held.packet.sequence
    return held
  }

  #restarts({ ssrc, sequence }: RtpPacket): boolean {
    if (ssrc !== this.#ssrc) return true
    const newest = this.last?.packet.sequence ?? this.#taken
    return newest !== undefined && Math.abs(sequenceDistance(sequence, newest)) > RESTART_JUMP
  }

  #restart(ssrc: number): void {
    this.#held = []
    this.#ssrc = ssrc
    this.#taken = undefined
  }

  /** Where a sequence belongs among those held; undefined when its turn is over or it is here already. */
  #placeOf(sequence: number): number | undefined {
    if (this.#taken !== undefined && sequenceDistance(sequence, this.#taken) <= 0) return undefined
    let place = this.#held.length
    for (; place > 0; place--) {
      const ahead = sequenceDistance(sequence, this.#held[place - 1]!.packet.sequence)
      if (ahead === 0) return undefined
      if (ahead > 0) break
    }
    return place
  }
}
