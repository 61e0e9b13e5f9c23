import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { codecs, encode, FRAME_SAMPLES, type G711, pcma } from '../src/codec/g711.ts'
import type { CodecName } from '../src/codec/names.ts'
import { parseRtp, type RtpPacket, writeRtp } from '../src/rtp/packet.ts'
import { decoded, sine } from './tones.ts'

const TELEPHONE_EVENT = 101

type Heard = RtpPacket & { at: number }

/** A phone's audio: a UDP socket that sends a tone every 20 ms and keeps all that it hears. */
export class RtpPhone implements AsyncDisposable {
  readonly codec: G711
  readonly heard: Heard[] = []
  readonly #socket: Socket
  #to: { address: string; port: number } | undefined
  #timer: NodeJS.Timeout | undefined
  #sequence = 1_000
  #timestamp = 160_000
  ssrc = 0x1234_0000 + Math.floor(Math.random() * 0xffff)

  private constructor(socket: Socket, codec: G711) {
    this.#socket = socket
    this.codec = codec
    socket.on('message', (data) => {
      const packet = parseRtp(data)
      if (packet) this.heard.push({ ...packet, at: performance.now() })
    })
  }

  static async open(codec: CodecName = 'PCMA'): Promise<RtpPhone> {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return new RtpPhone(socket, codecs[codec])
  }

  get port(): number {
    return this.#socket.address().port
  }

  /** Our offer or answer. */
  sdp({ direction = 'sendrecv', events = true, address = '127.0.0.1', version = 1 } = {}): string {
    const pt = this.codec.payloadType
    return [
      'v=0',
      `o=phone 1 ${version} IN IP4 127.0.0.1`,
      's=-',
      `c=IN IP4 ${address}`,
      't=0 0',
      `m=audio ${this.port} RTP/AVP ${pt}${events ? ` ${TELEPHONE_EVENT}` : ''}`,
      `a=rtpmap:${pt} ${this.codec.name}/8000`,
      ...(events ? [`a=rtpmap:${TELEPHONE_EVENT} telephone-event/8000`] : []),
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
    let sent = 0
    this.#timer = setInterval(() => {
      for (; sent * 20 <= performance.now() - startAt; sent++) this.frame(sine(hz, FRAME_SAMPLES, sent * FRAME_SAMPLES))
    }, 5)
  }

  quiet(): void {
    clearInterval(this.#timer)
  }

  /** Sends one frame now. */
  frame(samples: Int16Array): void {
    const payload = Buffer.alloc(samples.length)
    encode(this.codec, samples, payload)
    this.#sequence++
    this.#timestamp += samples.length
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

  raw(data: Buffer): void {
    if (!this.#to) throw new Error('the phone is not connected')
    this.#socket.send(data, this.#to.port, this.#to.address)
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
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.quiet()
    this.#socket.close()
  }
}

/** A phone that speaks G.711 µ-law or A-law, A-law unless said. */
export const openPhone = (codec: CodecName = pcma.name): Promise<RtpPhone> => RtpPhone.open(codec)
