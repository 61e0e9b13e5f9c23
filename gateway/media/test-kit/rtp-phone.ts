import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import type { Codec, Encoder, Rate } from '../src/codec/codec.ts'
import { FRAME_SAMPLES, pcma } from '../src/codec/g711.ts'
import type { CodecName } from '../src/codec/names.ts'
import { codecs } from '../src/codec/register.ts'
import { parseRtp, type RtpPacket, writeRtp } from '../src/rtp/packet.ts'
import { type SrtpKey, writeCryptoLine } from '../src/sdp/crypto-lines.ts'
import type { HandmadeSrtp } from './handmade-srtp.ts'
import type { BadNetwork } from './impairment.ts'
import { decoded, sine } from './tones.ts'

const TELEPHONE_EVENT = 101

type Heard = RtpPacket & { at: number }

/** A phone's audio: a UDP socket that sends a tone every 20 ms and keeps all that it hears. */
export class RtpPhone implements AsyncDisposable {
  readonly codec: Codec
  /** Of the tones it sends and the samples it hears. */
  readonly rate: Rate
  /** What stands between it and the server. */
  network: BadNetwork | undefined
  /** Keys of what it sends and hears, once its call is encrypted. */
  srtp: { out: HandmadeSrtp; in: HandmadeSrtp } | undefined
  readonly heard: Heard[] = []
  readonly #socket: Socket
  readonly #encoder: Encoder
  #to: { address: string; port: number } | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false
  #sequence = 1_000
  #timestamp = 160_000
  ssrc = 0x1234_0000 + Math.floor(Math.random() * 0xffff)

  private constructor(socket: Socket, codec: Codec, rate: Rate) {
    this.#socket = socket
    this.codec = codec
    this.rate = rate
    this.#encoder = codec.encoder()
    socket.on('message', (data) => {
      const plain = this.srtp ? this.srtp.in.open(data) : data
      const packet = plain && parseRtp(plain)
      if (packet) this.heard.push({ ...packet, at: performance.now() })
    })
  }

  static async open(codec: CodecName = 'PCMA', rate: Rate = 8_000): Promise<RtpPhone> {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return new RtpPhone(socket, codecs[codec], rate)
  }

  get port(): number {
    return this.#socket.address().port
  }

  /** Our offer or answer. */
  sdp({
    direction = 'sendrecv',
    events = true,
    address = '127.0.0.1',
    version = 1,
    extra = [] as string[],
    secret = undefined as SrtpKey | undefined,
    tag = '3',
  } = {}): string {
    const { payloadType: pt, clockRate: clock } = this.codec
    return [
      'v=0',
      `o=phone 1 ${version} IN IP4 127.0.0.1`,
      's=-',
      `c=IN IP4 ${address}`,
      't=0 0',
      `m=audio ${this.port} RTP/${secret ? 'S' : ''}AVP ${pt}${events ? ` ${TELEPHONE_EVENT}` : ''}`,
      `a=rtpmap:${pt} ${this.codec.name}/${clock}${clock === 48_000 ? '/2' : ''}`,
      ...(events ? [`a=rtpmap:${TELEPHONE_EVENT} telephone-event/${clock}`] : []),
      ...(secret ? [writeCryptoLine({ ...secret, tag })] : []),
      ...extra,
      `a=${direction}`,
      '',
    ].join('\r\n')
  }

  /** Sends where the server's description says. */
  connect(sdp: string): void {
    const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1])
    const address = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1] ?? '127.0.0.1'
    this.#to = { address, port }
  }

  /** Sends a tone until `quiet`. */
  tone(hz: number): void {
    this.quiet()
    const startAt = performance.now()
    const samples = this.rate / 50
    let sent = 0
    this.#timer = setInterval(() => {
      for (; sent * 20 <= performance.now() - startAt; sent++) {
        this.frame(sine(hz, samples, sent * samples, 10_000, this.rate))
      }
    }, 5)
  }

  quiet(): void {
    clearInterval(this.#timer)
  }

  /** Sends one frame now. */
  frame(samples: Int16Array): void {
    const payload = this.#encoder.encode(samples, this.rate)
    this.#sequence++
    this.#timestamp += (samples.length * this.codec.clockRate) / this.rate
    this.send({ payload, payloadType: this.codec.payloadType, marker: false, timestamp: this.#timestamp })
  }

  /** Sends one key as RFC 4733 says: packets of growing duration, the end three times. */
  key(event: number, packets = 5): void {
    this.#timestamp += FRAME_SAMPLES
    for (let i = 1; i <= packets + 2; i++) {
      const payload = Buffer.from([event, i >= packets ? 0x8a : 0x0a, 0, 0])
      payload.writeUInt16BE(Math.min(i, packets) * FRAME_SAMPLES, 2)
      this.#sequence++
      this.send({ payload, payloadType: TELEPHONE_EVENT, marker: i === 1, timestamp: this.#timestamp })
    }
  }

  send(packet: { payload: Buffer; payloadType: number; marker: boolean; timestamp: number }): void {
    this.raw(
      writeRtp({ ...packet, timestamp: packet.timestamp >>> 0, sequence: this.#sequence & 0xffff, ssrc: this.ssrc }),
    )
  }

  raw(plain: Buffer): void {
    const data = this.srtp?.out.seal(plain) ?? plain
    if (!this.#to) throw new Error('the phone is not connected')
    const { port, address } = this.#to
    const send = () => {
      if (!this.#closed) this.#socket.send(data, port, address)
    }
    if (!this.network) send()
    else for (const delay of this.network.delays(performance.now())) setTimeout(send, delay)
  }

  /** The audio packets heard, without keys. */
  get audio(): Heard[] {
    return this.heard.filter((packet) => packet.payloadType !== TELEPHONE_EVENT)
  }

  get keys(): Heard[] {
    return this.heard.filter((packet) => packet.payloadType === TELEPHONE_EVENT)
  }

  /** The samples of the last packets heard. */
  listen(packets = 20): Int16Array {
    return decoded(
      this.audio.slice(-packets).map((packet) => packet.payload),
      this.codec,
      this.rate,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.quiet()
    this.#closed = true
    this.#socket.close()
  }
}

/** A phone of one codec, A-law unless said. @param rate of its tones */
export const openPhone = (codec: CodecName = pcma.name, rate?: Rate): Promise<RtpPhone> => RtpPhone.open(codec, rate)
