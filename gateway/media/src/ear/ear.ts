import type { Codec, Decoder, Rate } from '../codec/codec.ts'
import { noiseLevel } from '../codec/comfort-noise.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { timestampDistance } from '../rtp/serial.ts'
import { Concealer } from './concealer.ts'
import { DelayWatch } from './delay-watch.ts'
import { type Held, JitterBuffer } from './jitter-buffer.ts'
import { bestPeriod } from './period.ts'
import { SampleQueue } from './sample-queue.ts'

/** A jump of the timestamp by more than this beyond what was missed is a pause or a restart of the sender. */
const RESYNC_MS = 120
/** Spare audio that may stay: cutting closer would cost more repairs than it wins time. */
const KEPT_MS = 15
/** Spare audio that is cut without waiting, and that is thrown away at once. */
const GREAT_MS = 100
const TOO_MUCH_MS = 300
/** Pieces that are cut out. */
const SHORTEST_CUT_MS = 2.5
const LONGEST_CUT_MS = 12.5
const COMPARED_MS = 10
/** Two stretches less alike than this would be heard when blended. */
const ALIKE = 0.6
/** Reads from one cut to the next: faster speech would be noticed. */
const READS_BETWEEN_CUTS = 5

/**
 * Hears one RTP stream as even frames of linear samples: packets are put in order and decoded when they are due, what
 * is missing is replaced, and the delay follows the network. A packet that comes after its turn has been bridged is
 * still played, which is how the delay grows; what has not been needed for ten seconds is cut out period by period.
 * That also follows a sender whose clock is fast or slow.
 */
export class Ear {
  readonly rate: Rate
  /** Samples replaced, and samples cut out. */
  replaced = 0
  cut = 0
  readonly #perMs: number
  readonly #buffer = new JitterBuffer()
  readonly #queue = new SampleQueue()
  readonly #concealer: Concealer
  readonly #watch: DelayWatch
  #decoder: Decoder | undefined
  #codec: Codec | undefined
  /** Timestamp of the sample that is due after the queue; undefined before the first. */
  #due: number | undefined
  /** Samples replaced since the last real one. */
  #bridged = 0
  #readsSinceCut = 0

  constructor(rate: Rate) {
    this.rate = rate
    this.#perMs = rate / 1_000
    this.#concealer = new Concealer(rate)
    this.#watch = new DelayWatch(GREAT_MS * this.#perMs)
  }

  /** Takes a packet as it comes; keeps its payload. */
  receive(packet: RtpPacket, codec: Codec): void {
    if (codec.name === 'CN') {
      this.#concealer.noise = noiseLevel(packet.payload)
      return
    }
    this.#concealer.noise = undefined
    this.#buffer.put(packet, codec)
  }

  /** Fills a frame with what is heard now. */
  read(into: Int16Array): void {
    this.#fill(into.length)
    const spare = this.#spare() - into.length
    const needless = this.#watch.note(spare)
    this.#readsSinceCut++
    if (spare > TOO_MUCH_MS * this.#perMs) this.#skip()
    else if (needless > KEPT_MS * this.#perMs && this.#readsSinceCut >= READS_BETWEEN_CUTS) {
      this.#shorten(needless, into.length)
    }
    this.#queue.take(into)
  }

  #fill(count: number): void {
    while (this.#queue.length < count) {
      const missing = this.#missing()
      if (missing === 0) this.#decode(this.#buffer.take())
      else this.#bridge(Math.min(missing, count - this.#queue.length))
    }
  }

  /** Samples to replace before the next packet's turn; infinite when there is none. */
  #missing(): number {
    const next = this.#buffer.first
    if (!next) return Number.POSITIVE_INFINITY
    const { packet, codec } = next
    if (next.first || this.#due === undefined || codec.clockRate !== this.#codec?.clockRate) return 0
    const gap = this.#toSamples(timestampDistance(packet.timestamp, this.#due), codec)
    const missing = gap - this.#bridged
    return missing <= 0 || missing > RESYNC_MS * this.#perMs ? 0 : missing
  }

  #decode({ packet, codec, first }: Held): void {
    if (first) this.#watch.forget()
    if (first || codec !== this.#codec) this.#decoder = codec.decoder(this.rate)
    this.#codec = codec
    let samples: Int16Array
    try {
      samples = this.#decoder!.decode(packet.payload)
    } catch {
      // Damaged on its way: as good as lost.
      return
    }
    if (samples.length === 0) return
    this.#due = (packet.timestamp + codec.units(packet.payload)) >>> 0
    this.#bridged = 0
    this.#concealer.join(samples)
    this.#concealer.heard(samples)
    this.#queue.push(samples)
  }

  #bridge(count: number): void {
    const samples = this.#concealer.next(count)
    this.#concealer.heard(samples)
    this.#queue.push(samples)
    this.#bridged += count
    if (this.#due !== undefined) this.replaced += count
  }

  /** Audio that is here, decoded or not. */
  #spare(): number {
    const { last } = this.#buffer
    if (!last || this.#due === undefined) return this.#queue.length
    const { packet, codec } = last
    const ahead = timestampDistance(packet.timestamp + codec.units(packet.payload), this.#due)
    return this.#queue.length + Math.max(0, this.#toSamples(ahead, codec) - this.#bridged)
  }

  /** Cuts out a period that was never needed, when there is one that will not be missed. */
  #shorten(needless: number, frame: number): void {
    const longest = Math.floor(Math.min(LONGEST_CUT_MS * this.#perMs, needless))
    const length = COMPARED_MS * this.#perMs
    while (this.#queue.length < Math.max(2 * longest, longest + length, frame + longest)) {
      if (!this.#buffer.first || this.#missing() > 0) return
      this.#decode(this.#buffer.take())
    }
    const shortest = SHORTEST_CUT_MS * this.#perMs
    const { lag, likeness } = bestPeriod(this.#queue.waiting, { from: 0, length, shortest, longest })
    if (likeness < ALIKE) return
    this.#queue.blend(lag)
    this.#watch.cut(lag)
    this.cut += lag
    this.#readsSinceCut = 0
  }

  /** A stall of the network brought all at once: only the newest is worth hearing. */
  #skip(): void {
    this.#bridge(1)
    while (this.#buffer.first && this.#spare() > GREAT_MS * this.#perMs) {
      const { packet } = this.#buffer.take()
      this.#due = (packet.timestamp + this.#codec!.units(packet.payload)) >>> 0
    }
    this.#watch.forget()
  }

  #toSamples(units: number, codec: Codec): number {
    return Math.round((units * this.rate) / codec.clockRate)
  }
}
