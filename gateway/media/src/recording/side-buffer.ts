import type { Codec } from '../codec/codec.ts'
import { SAMPLE_RATE } from '../codec/g711.ts'
import { PacketDecoder } from '../ear/packet-decoder.ts'
import type { AudioTap } from '../legs/leg-input.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { timestampDistance } from '../rtp/serial.ts'

const SAMPLES_PER_MS = SAMPLE_RATE / 1_000
/** Two seconds: what has not been taken by then is lost. A power of two, so that places wrap by a mask. */
const CAPACITY = 16_384
const MASK = CAPACITY - 1
/** A stream this far from its place has paused or restarted. */
const LOST_SAMPLES = 1_000 * SAMPLES_PER_MS
/** The stream is moved when it is off by more than this; less is network jitter. Twice this is less than 20 ms. */
const TOLERANCE = 8 * SAMPLES_PER_MS
/** Packets over which the least delay is sought. */
const WINDOW = 100

/** Ties timestamps of a stream to places in the recording. */
type Anchor = { ssrc: number; timestamp: number; position: number; leastLag: number; packets: number }

/**
 * One channel of a recording. Every packet has its place by its RTP timestamp, tied to the moment when the least
 * delayed packets arrived: jitter, loss and disorder don't move audio, and the two channels stay aligned though the
 * senders' clocks differ. What was lost in between is replaced, what never came is silence.
 */
export class SideBuffer implements AudioTap {
  readonly #startAt: number
  readonly #ring = new Int16Array(CAPACITY)
  readonly #decoder = new PacketDecoder()
  #taken: number
  #anchor: Anchor | undefined
  /** Only audio of these places is taken in, whenever it comes: nothing said in a pause slips through late. */
  #from = 0
  #until = Number.POSITIVE_INFINITY

  /**
   * @param startAt the recording's first moment on the monotonic clock, in ms
   * @param taken samples of the recording that were taken before this one listens
   */
  constructor(startAt: number, taken = 0) {
    this.#startAt = startAt
    this.#taken = taken
  }

  audio(packet: RtpPacket, codec: Codec, at: number): void {
    const said = this.#decoder.decode(packet, codec)
    if (!said) return
    const { samples, before } = said
    const position = this.#place(packet, codec, this.#placeAt(at) - samples.length)
    if (before) this.#write(before, position - before.length)
    this.#write(samples, position)
  }

  /** What is said from a moment on stays out. @param at monotonic clock in ms */
  pause(at: number): void {
    this.#until = this.#placeAt(at)
  }

  /** What is said from a moment on is taken in again. */
  resume(at: number): void {
    this.#from = this.#placeAt(at)
    this.#until = Number.POSITIVE_INFINITY
  }

  /** Moves the next samples out, adding them to every second place of `into`, beginning at `channel`. */
  take(count: number, into: Int16Array, channel: 0 | 1): void {
    for (let i = 0; i < count; i++) {
      const place = (this.#taken + i) & MASK
      into[i * 2 + channel] = clipped(into[i * 2 + channel]! + this.#ring[place]!)
      this.#ring[place] = 0
    }
    this.#taken += count
  }

  #placeAt(at: number): number {
    return Math.round((at - this.#startAt) * SAMPLES_PER_MS)
  }

  #place(packet: RtpPacket, codec: Codec, arrived: number): number {
    const anchor = this.#anchor
    if (anchor?.ssrc !== packet.ssrc) return this.#tie(packet, arrived)
    const ahead = timestampDistance(packet.timestamp, anchor.timestamp)
    const position = anchor.position + Math.round((ahead * SAMPLE_RATE) / codec.clockRate)
    const lag = arrived - position
    if (lag < -TOLERANCE || lag > LOST_SAMPLES) return this.#tie(packet, arrived)
    anchor.leastLag = Math.min(anchor.leastLag, lag)
    if (++anchor.packets < WINDOW) return position
    const shift = anchor.leastLag > TOLERANCE ? anchor.leastLag : 0
    this.#tie(packet, position + shift)
    return position + shift
  }

  #tie(packet: RtpPacket, position: number): number {
    const { ssrc, timestamp } = packet
    this.#anchor = { ssrc, timestamp, position, leastLag: Number.POSITIVE_INFINITY, packets: 0 }
    return position
  }

  #write(samples: Int16Array, position: number): void {
    const first = Math.max(position, this.#taken, this.#from)
    const end = Math.min(position + samples.length, this.#taken + CAPACITY, this.#until)
    for (let place = first; place < end; place++) this.#ring[place & MASK] = samples[place - position]!
  }
}

function clipped(sample: number): number {
  return Math.max(-32_768, Math.min(32_767, sample))
}
