import type { MessagePort } from 'node:worker_threads'
import { fromProcessClock, toProcessClock } from '../clock.ts'
import type { Codec } from '../codec/codec.ts'
import type { Leg } from '../legs/leg.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { BorrowedLeg } from './borrowed-leg.ts'
import { LentLeg } from './lent-leg.ts'
import { PacketBatch, readBatch } from './packet-batch.ts'
import { PortRpc } from './port-rpc.ts'

export type SendPacket = (packet: RtpPacket, codec: Codec | undefined, at: number) => void
/** One end of a line: takes what comes over it; without a codec it is a key's packet. */
export type LineEnd = { receive(packet: RtpPacket, codec: Codec | undefined, at: number): void }

/** The switchboard at this end. */
export type TrunkBoard = {
  findLeg(id: string): Leg | undefined
  /** Notes who must be told when the leg closes. */
  lend(leg: Leg, recall: () => Promise<void>): void
  /** A borrowed leg ended. */
  giveBack(leg: BorrowedLeg): Promise<void>
}
type LineGiven = { line: number }
type TrunkDeeds = {
  open(given: LineGiven & { legId: string }): boolean
  join(given: LineGiven): void
  part(given: LineGiven): void
  tap(given: LineGiven & { on: boolean }): void
  recall(given: LineGiven): Promise<void>
  packets(batch: ArrayBuffer): void
}

/**
 * The way between the switchboards of two threads: any number of lines, each for one leg that the other thread's bridges
 * and recordings take part in. All packets of one turn of the event loop go over together, without waiting for more.
 */
export class Trunk {
  readonly #rpc: PortRpc<TrunkDeeds>
  readonly #board: TrunkBoard
  readonly #lent = new Map<number, LentLeg>()
  readonly #borrowed = new Map<number, BorrowedLeg>()
  readonly #batch = new PacketBatch()
  #nextLine: number

  /**
   * @param side 0 at one end and 1 at the other: who borrows numbers the line, one end even, the other odd
   * @param onGone is told when the other thread is gone; what was borrowed from it has ended by then
   */
  constructor(port: MessagePort, side: 0 | 1, board: TrunkBoard, onGone: () => void) {
    this.#nextLine = side
    this.#board = board
    this.#rpc = new PortRpc<TrunkDeeds>(port, this.#deeds(), () => {
      for (const leg of this.#lent.values()) leg.release()
      for (const leg of this.#borrowed.values()) void this.#giveBack(leg)
      onGone()
    })
  }

  /** Lets a leg of the other thread take part here; undefined when it has none of that id. */
  async borrow(legId: string): Promise<BorrowedLeg | undefined> {
    const line = this.#nextLine
    this.#nextLine += 2
    const leg = new BorrowedLeg(legId, {
      join: () => this.#rpc.ask('join', { line }),
      part: () => this.#rpc.ask('part', { line }),
      tap: (on) => this.#rpc.tell('tap', { line, on }),
      send: this.#sender(line),
    })
    this.#borrowed.set(line, leg)
    if (await this.#rpc.ask('open', { line, legId }).catch(() => false)) return leg
    this.#borrowed.delete(line)
    return undefined
  }

  #deeds(): TrunkDeeds {
    return {
      open: ({ line, legId }) => this.#open(line, legId),
      join: ({ line }) => this.#lent.get(line)?.join(),
      part: ({ line }) => this.#lent.get(line)?.part(),
      tap: ({ line, on }) => this.#lent.get(line)?.tap(on),
      recall: async ({ line }) => {
        const leg = this.#borrowed.get(line)
        this.#borrowed.delete(line)
        if (leg) await this.#giveBack(leg)
      },
      packets: (batch) => this.#receive(batch),
    }
  }

  #open(line: number, legId: string): boolean {
    const leg = this.#board.findLeg(legId)
    if (!leg) return false
    this.#lent.set(line, new LentLeg(leg, this.#sender(line)))
    this.#board.lend(leg, async () => {
      this.#lent.delete(line)
      // A thread that is gone has forgotten the leg already.
      await this.#rpc.ask('recall', { line }).catch(() => {})
    })
    return true
  }

  #giveBack(leg: BorrowedLeg): Promise<void> {
    leg.end()
    return this.#board.giveBack(leg)
  }

  #sender(line: number): SendPacket {
    return (packet, codec, at) => {
      if (this.#batch.empty) setImmediate(() => this.#flush())
      this.#batch.add({ line, packet, codec, at: toProcessClock(at) })
    }
  }

  #flush(): void {
    const batch = this.#batch.take()
    this.#rpc.tell('packets', batch, [batch])
  }

  #receive(batch: ArrayBuffer): void {
    for (const { line, packet, codec, at } of readBatch(batch)) {
      const end: LineEnd | undefined = this.#lent.get(line) ?? this.#borrowed.get(line)
      end?.receive(packet, codec, fromProcessClock(at))
    }
  }
}
