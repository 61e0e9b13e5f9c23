import type { Codec } from '../codec/codec.ts'
import type { AudioTap, Onward } from '../legs/leg-input.ts'
import type { Party } from '../legs/party.ts'
import { MediaError } from '../protocol/errors.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { LineEnd, SendPacket } from './trunk.ts'

/** What the end of a line can have done to the leg at the other end. */
export type FarLeg = {
  join(): Promise<void>
  part(): Promise<void>
  tap(on: boolean): void
  send: SendPacket
}

/** A leg of another thread, as bridges and recordings of this one see it. */
export class BorrowedLeg implements Party, LineEnd {
  readonly id: string
  readonly #far: FarLeg
  readonly #taps = new Set<AudioTap>()
  #onward: Onward | undefined
  #closed = false

  constructor(id: string, far: FarLeg) {
    this.id = id
    this.#far = far
  }

  get closed(): boolean {
    return this.#closed
  }

  async join(onward: Onward): Promise<void> {
    await this.#far.join().catch((error: unknown) => {
      throw error instanceof MediaError ? error : new MediaError('leg_not_found', `no leg ${this.id}`, 'legs')
    })
    this.#onward = onward
  }

  async part(): Promise<void> {
    this.#onward = undefined
    // A leg that is gone, or whose thread is, has nothing to be parted from.
    if (!this.#closed) await this.#far.part().catch(() => {})
  }

  relay(packet: RtpPacket, codec: Codec, at: number): void {
    if (this.#onward) this.#far.send(packet, codec, at)
  }

  relayKey(packet: RtpPacket, at: number): void {
    if (this.#onward) this.#far.send(packet, undefined, at)
  }

  listen(tap: AudioTap): void {
    if (this.#taps.size === 0) this.#far.tap(true)
    this.#taps.add(tap)
  }

  unlisten(tap: AudioTap): void {
    if (this.#taps.delete(tap) && this.#taps.size === 0) this.#far.tap(false)
  }

  /** The leg, or its thread, ended. */
  end(): void {
    this.#closed = true
  }

  receive(packet: RtpPacket, codec: Codec | undefined, at: number): void {
    if (!codec) {
      this.#onward?.telephoneEvent(packet, at)
      return
    }
    for (const tap of this.#taps) tap.audio(packet, codec, at)
    this.#onward?.audio(packet, codec, at)
  }
}
