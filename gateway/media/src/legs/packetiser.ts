import type { Codec, Encoder, Rate } from '../codec/codec.ts'
import { encode, isG711, SAMPLE_RATE } from '../codec/g711.ts'
import { SampleQueue } from '../ear/sample-queue.ts'
import { TICK_MS } from '../engine.ts'
import type { StreamOut } from '../rtp/stream-out.ts'

/** Opus has no frames of 30 and 50 ms (RFC 6716 3.1). */
const OPUS_FRAMES_MS = [60, 40, 20, 10]

/** Makes packets of the length and codec the other side wants out of frames of 20 ms. */
export class Packetiser {
  readonly codec: Codec
  readonly #stream: StreamOut
  readonly #payloadType: number
  readonly #packetMs: number
  readonly #encoder: Encoder
  readonly #queue = new SampleQueue()
  #rate: Rate = SAMPLE_RATE

  constructor(stream: StreamOut, codec: Codec, payloadType: number, packetMs: number) {
    this.codec = codec
    this.#stream = stream
    this.#payloadType = payloadType
    this.#packetMs = codec.name === 'opus' ? OPUS_FRAMES_MS.find((ms) => ms <= packetMs)! : packetMs
    this.#encoder = codec.encoder()
  }

  /** Whether a frame of 20 ms is a packet, so that one that was encoded before can be sent as it is. */
  get takesEncoded(): boolean {
    return this.#packetMs === TICK_MS && isG711(this.codec)
  }

  sendEncoded(payload: Buffer, at: number): void {
    this.#stream.frame(payload, this.#payloadType, at)
  }

  /** @param at the moment of the first sample on the monotonic clock */
  send(samples: Int16Array, rate: Rate, at: number): void {
    if (this.#packetMs === TICK_MS) {
      this.#stream.frame(this.#encode(samples, rate), this.#payloadType, at)
      return
    }
    if (rate !== this.#rate) this.#drop(rate)
    let startAt = at - (this.#queue.length * 1_000) / rate
    this.#queue.push(samples)
    const packet = new Int16Array((this.#packetMs * rate) / 1_000)
    for (; this.#queue.length >= packet.length; startAt += this.#packetMs) {
      this.#queue.take(packet)
      this.#stream.frame(this.#encode(packet, rate), this.#payloadType, startAt, this.#packetMs)
    }
  }

  #encode(samples: Int16Array, rate: Rate): Buffer {
    if (rate !== SAMPLE_RATE || !isG711(this.codec)) return this.#encoder.encode(samples, rate)
    const payload = Buffer.allocUnsafe(samples.length)
    encode(this.codec, samples, payload)
    return payload
  }

  /** Half a packet of another rate is not worth converting. */
  #drop(rate: Rate): void {
    this.#queue.take(new Int16Array(this.#queue.length))
    this.#rate = rate
  }
}
