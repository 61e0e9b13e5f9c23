import type { Codec } from '../codec/codec.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { AudioTap, Onward } from './leg-input.ts'

/** A leg as bridges and recordings see it, whichever thread it lives in. Times are of this thread's monotonic clock. */
export type Party = {
  readonly id: string
  readonly closed: boolean
  /**
   * Takes the leg for one bridge: ends what it plays and passes on what comes in. Throws MediaError
   * `leg_already_bridged`, or `leg_not_found` when it is closed.
   */
  join(onward: Onward): void | Promise<void>
  /** Takes it out again; it then hears silence until something else is asked for. */
  part(): void | Promise<void>
  /** Sends a packet out; may change the payload. */
  relay(packet: RtpPacket, codec: Codec, at: number): void
  relayKey(packet: RtpPacket, at: number): void
  /** Lets a tap hear a copy of what comes in. */
  listen(tap: AudioTap): void
  unlisten(tap: AudioTap): void
}
