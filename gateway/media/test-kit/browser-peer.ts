import { setTimeout as pause } from 'node:timers/promises'
import { Audio, PeerConnection, type Track } from 'node-datachannel'
import type { Codec, Encoder } from '../src/codec/codec.ts'
import { FRAME_SAMPLES, SAMPLE_RATE } from '../src/codec/g711.ts'
import type { CodecName } from '../src/codec/names.ts'
import { codecs } from '../src/codec/register.ts'
import { isRtcp, parseRtp, type RtpPacket, writeRtp } from '../src/rtp/packet.ts'
import { decoded, sine } from './tones.ts'

const SSRC = 0x5eed
export const BROWSER_EVENTS = 126

/** A WebRTC peer that offers audio as a browser does, without a browser. */
export class BrowserPeer implements AsyncDisposable {
  readonly #peer: PeerConnection
  readonly #track: Track
  readonly heard: RtpPacket[] = []
  readonly #codec: Codec
  readonly #encoder: Encoder
  #timer: NodeJS.Timeout | undefined
  #sequence = 7
  #timestamp = 0

  /** @param codec it sends and expects; it offers all of them */
  constructor(codec: CodecName = 'PCMA') {
    this.#codec = codecs[codec]
    this.#encoder = this.#codec.encoder()
    this.#peer = new PeerConnection('browser', {
      iceServers: [],
      bindAddress: '127.0.0.1',
      disableAutoNegotiation: true,
      forceMediaTransport: true,
    })
    const audio = new Audio('0', 'SendRecv')
    audio.addOpusCodec(111)
    audio.addAudioCodec(0, 'PCMU')
    audio.addAudioCodec(8, 'PCMA')
    audio.addAudioCodec(BROWSER_EVENTS, 'telephone-event')
    audio.addSSRC(SSRC, 'browser', 'browser', 'audio')
    this.#track = this.#peer.addTrack(audio)
    this.#track.onMessage((data) => {
      const packet = isRtcp(data) ? undefined : parseRtp(data)
      if (packet) this.heard.push(packet)
    })
  }

  /**
   * An offer without candidates: the answerer meets this peer by its first check, as it meets a browser that hides its
   * addresses behind mDNS. Had it our addresses, its checks could arrive while `accept` is still at work, and
   * libdatachannel then finishes DTLS before it knows the fingerprint, fails, and throws.
   */
  async offer(): Promise<string> {
    this.#peer.setLocalDescription('offer')
    while (this.#peer.gatheringState() !== 'complete') await pause(5)
    return withoutCandidates(this.#local().replace('telephone-event/48000/2', 'telephone-event/8000'))
  }

  /** The addresses that `offer` kept to itself, for an answerer who takes them one by one. */
  candidates(): string[] {
    return this.#local()
      .match(/^a=candidate:.*$/gm)!
      .map((line) => line.slice(2))
  }

  #local(): string {
    return this.#peer.localDescription()!.sdp
  }

  accept(answer: string): void {
    this.#peer.setRemoteDescription(answer, 'answer')
  }

  tone(hz: number): void {
    this.quiet()
    const startAt = performance.now()
    let sent = 0
    this.#timer = setInterval(() => {
      for (; sent * 20 <= performance.now() - startAt; sent++)
        this.#frame(sine(hz, FRAME_SAMPLES, sent * FRAME_SAMPLES))
    }, 5)
  }

  quiet(): void {
    clearInterval(this.#timer)
  }

  listen(packets = 20): Int16Array {
    const audio = this.heard.filter((packet) => packet.payloadType !== BROWSER_EVENTS)
    return decoded(
      audio.slice(-packets).map((packet) => packet.payload),
      this.#codec,
    )
  }

  /** Sends one key. */
  key(event: number): void {
    this.#timestamp += FRAME_SAMPLES
    for (const [duration, end] of [
      [160, 0],
      [320, 0],
      [480, 0x80],
      [480, 0x80],
      [480, 0x80],
    ] as const) {
      this.#send(Buffer.from([event, end | 10, duration >> 8, duration & 0xff]), BROWSER_EVENTS)
    }
  }

  #frame(samples: Int16Array): void {
    this.#timestamp += (samples.length * this.#codec.clockRate) / SAMPLE_RATE
    this.#send(this.#encoder.encode(samples, SAMPLE_RATE), this.#codec.payloadType)
  }

  #send(payload: Buffer, payloadType: number): void {
    if (!this.#track.isOpen()) return
    const sequence = this.#sequence++ & 0xffff
    const header = { payloadType, marker: false, sequence, timestamp: this.#timestamp >>> 0, ssrc: SSRC }
    this.#track.sendMessageBinary(writeRtp({ ...header, payload }))
  }

  close(): void {
    this.quiet()
    this.#peer.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }
}

export function withoutCandidates(sdp: string): string {
  return sdp.replaceAll(/a=(candidate:.*|end-of-candidates)\r\n/g, '')
}
